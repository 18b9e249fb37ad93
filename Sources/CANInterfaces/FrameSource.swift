package import CANFrames

/// What a read of a source found.
package enum SourceState: Hashable, Sendable {
  /// Frames or events, or nothing in the time given; there may be more.
  case open
  /// The source is exhausted; what was left of it stands in the batch.
  case ended
  /// The stop descriptor became readable; what a live source received before stands in the batch.
  case stopped
}

/// Something that CAN frames can be pulled from: a SocketCAN interface, a log file, a replay.
///
/// Synchronous and pulled: the caller owns the thread, the buffer and the pace, and nothing is
/// read ahead of it without bound. A source also waits for a stop descriptor that it was given
/// when it was made (-1 for none; see ``WakeSignal``), so that a waiting thread can be called
/// back. Sources own descriptors and therefore cannot be copied.
///
///     var batch = FrameBatch()
///     while try source.read(into: &batch, waitingMilliseconds: 1000) == .open {
///       use(batch)
///       batch.removeAll()
///     }
///     use(batch)
package protocol FrameSource: ~Copyable, Sendable {
  /// The names of the buses that frames came from so far, by the index that frames carry.
  var buses: BusNames { get }

  /// Waits for frames or events, and appends those that are there to `batch`.
  ///
  /// - Parameters:
  ///   - batch: Where frames and events go, after what it already holds.
  ///   - waitingMilliseconds: How long to wait if there is nothing; 0 only looks, a negative number
  ///     waits without end.
  /// - Returns: Whether there may be more.
  /// - Throws: What makes the source useless. A time-out is no error, nor is an interface that goes
  ///   down: that is an event, and the source waits for its return.
  mutating func read(
    into batch: inout FrameBatch, waitingMilliseconds: Int32
  ) throws(SourceError) -> SourceState
}
