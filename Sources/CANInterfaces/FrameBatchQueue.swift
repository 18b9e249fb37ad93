import CANFrames

/// Frames and events that were read and wait for their turn, in their order.
struct FrameBatchQueue: Sendable {
  enum Item: Hashable, Sendable {
    case frame(CANFrame)
    case event(BusEvent)

    var timestamp: Int64 {
      switch self {
      case .frame(let frame): frame.timestamp
      case .event(let event): event.timestamp
      }
    }
  }

  private var batch = FrameBatch()
  private var nextFrame = 0
  private var nextEvent = 0

  /// What comes next; `nil` if the queue is empty.
  var first: Item? {
    if nextEvent < batch.events.count, batch.events[nextEvent].position <= nextFrame {
      return .event(batch.events[nextEvent].event)
    }
    return nextFrame < batch.frames.count ? .frame(batch.frames[nextFrame]) : nil
  }

  var isEmpty: Bool { first == nil }
  var hasFrames: Bool { nextFrame < batch.frames.count }

  /// Takes ``first`` away.
  mutating func removeFirst() {
    switch first {
    case .event: nextEvent += 1
    case .frame: nextFrame += 1
    case nil: break
    }
  }

  /// Adds to the end.
  mutating func append(_ more: FrameBatch) {
    if isEmpty {
      fill { $0 = more }
    } else {
      more.forEach(frame: { batch.append($0) }, event: { batch.append($0) })
    }
  }

  /// Replaces the content, which is used up, by what `fill` appends to an empty batch.
  mutating func fill<Result, Failure: Error>(
    _ fill: (inout FrameBatch) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    batch.removeAll()
    nextFrame = 0
    nextEvent = 0
    return try fill(&batch)
  }
}
