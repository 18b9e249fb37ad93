package import CANFrames

/// Frames from a ``LoopbackBus``, in the order of their delivery.
package struct LoopbackSource: FrameSource, ~Copyable {
  package let buses: BusNames
  private let queue: LoopbackQueue
  private let stop: CInt

  init(_ queue: LoopbackQueue, buses: BusNames, stop: CInt) {
    self.queue = queue
    self.buses = buses
    self.stop = stop
  }

  package mutating func read(
    into batch: inout FrameBatch, waitingMilliseconds: Int32
  ) throws(SourceError) -> SourceState {
    let deadline = Deadline(milliseconds: waitingMilliseconds)
    do throws(CallFailure) {
      switch try Wait.until(queue.descriptor, isReadyOr: stop, before: deadline) {
      case .ready: return queue.take(into: &batch) ? .ended : .open
      case .stopped:
        // What was delivered before the word to stop came is not lost.
        _ = queue.take(into: &batch)
        return .stopped
      case .timedOut: return .open
      }
    } catch {
      throw .failed(buses[0] ?? "loopback", error)
    }
  }

  deinit { queue.close() }
}
