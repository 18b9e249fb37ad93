import CANFrames

/// Frames and events that wait for their turn, in their order.
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

  /// Adds to the end.
  mutating func append(_ more: FrameBatch) {
    if first == nil {
      batch = more
      nextFrame = 0
      nextEvent = 0
    } else {
      more.forEach(frame: { batch.append($0) }, event: { batch.append($0) })
    }
  }

  /// Takes ``first`` away and returns it.
  mutating func removeFirst() -> Item? {
    let item = first
    switch item {
    case .event: nextEvent += 1
    case .frame: nextFrame += 1
    case nil: break
    }
    return item
  }
}
