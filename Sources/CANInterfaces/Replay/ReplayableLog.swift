package import CANFrames

/// A log that can be replayed, and may be read more than once.
package protocol ReplayableLog: FrameSource, ~Copyable {
  /// Whether it can be read again from its beginning.
  var canRewind: Bool { get }

  /// Goes back to the beginning, with counts that begin again.
  ///
  /// - Throws: If it cannot.
  mutating func rewind() throws(SourceError)

  /// Reads until something stands in `batch`, the log ends, or the deadline passes.
  mutating func read(
    into batch: inout FrameBatch, before deadline: Deadline
  ) throws(SourceError) -> SourceState
}
