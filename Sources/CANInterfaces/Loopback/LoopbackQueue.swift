import CANFrames
import Synchronization

/// What one source of a ``LoopbackBus`` has not read yet.
final class LoopbackQueue: Sendable {
  private struct Content: Sendable {
    var batch = FrameBatch()
    /// The frames that were lost after the last in `batch`, by bus.
    var lost: [UInt8: LostFrames] = [:]
    var isClosed = false

    var isEmpty: Bool { batch.isEmpty && lost.isEmpty && !isClosed }
  }

  private struct LostFrames: Sendable {
    var count: Int
    var lastTimestamp: Int64
  }

  private let capacity: Int
  private let content = Mutex(Content())
  private let signal: WakeSignal

  /// Readable while there is something to take.
  var descriptor: CInt { signal.descriptor }

  init(capacity: Int) throws(CallFailure) {
    self.capacity = capacity
    signal = try WakeSignal()
  }

  /// Queues a frame, or counts it as lost; returns whether the queue is still in use.
  func deliver(_ frame: CANFrame) -> Bool {
    change { content in
      guard content.batch.frames.count < capacity else {
        content.lost[frame.bus, default: LostFrames(count: 0, lastTimestamp: 0)].count += 1
        content.lost[frame.bus]?.lastTimestamp = frame.timestamp
        return
      }
      content.batch.append(frame)
    }
  }

  /// Queues an event; returns whether the queue is still in use.
  func deliver(_ event: BusEvent) -> Bool {
    change { content in
      Self.placeLosses(&content)
      content.batch.append(event)
    }
  }

  /// Ends the queue: it takes nothing more, and has ended when it is empty.
  func close() {
    _ = change { $0.isClosed = true }
  }

  /// Appends to `batch` what is queued; returns whether the queue has ended.
  func take(into batch: inout FrameBatch) -> Bool {
    content.withLock { content in
      Self.placeLosses(&content)
      content.batch.forEach(frame: { batch.append($0) }, event: { batch.append($0) })
      content.batch.removeAll()
      // An ended queue stays ready.
      if !content.isClosed { signal.lower() }
      return content.isClosed
    }
  }

  private func change(_ body: (inout Content) -> Void) -> Bool {
    content.withLock { content in
      guard !content.isClosed else { return false }
      let wasEmpty = content.isEmpty
      body(&content)
      if wasEmpty { signal.raise() }
      return true
    }
  }

  /// Frames are lost only while the queue is full, so they were lost after all that it holds.
  private static func placeLosses(_ content: inout Content) {
    for (bus, lost) in content.lost.sorted(by: { $0.key < $1.key }) {
      content.batch.append(
        BusEvent(.framesDropped(lost.count), timestamp: lost.lastTimestamp, bus: bus))
    }
    content.lost.removeAll(keepingCapacity: true)
  }
}
