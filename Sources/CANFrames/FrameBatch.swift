/// A run of frames, with the events that happened between them.
///
/// The buffer that sources fill and consumers read: reused, so that nothing is allocated for a
/// frame.
public struct FrameBatch: Sendable {
  /// An event and how many of the batch's frames came before it.
  public struct PlacedEvent: Hashable, Sendable {
    public var event: BusEvent
    public var position: Int
  }

  public private(set) var frames: [CANFrame] = []
  public private(set) var events: [PlacedEvent] = []

  public init() {}

  public var isEmpty: Bool { frames.isEmpty && events.isEmpty }

  public mutating func append(_ frame: CANFrame) { frames.append(frame) }

  public mutating func append(_ event: BusEvent) {
    events.append(PlacedEvent(event: event, position: frames.count))
  }

  /// Appends up to `limit` frames that `body` writes, without a check for each of them.
  ///
  /// - Returns: How many were written.
  mutating func append(atMost limit: Int, _ body: (inout OutputSpan<CANFrame>) -> Void) -> Int {
    let count = frames.count
    frames.append(addingCapacity: limit, initializingWith: body)
    return frames.count - count
  }

  /// Empties the batch and keeps its memory.
  public mutating func removeAll() {
    frames.removeAll(keepingCapacity: true)
    events.removeAll(keepingCapacity: true)
  }

  /// Makes room, so that filling the batch allocates nothing.
  public mutating func reserve(frames count: Int) { frames.reserveCapacity(count) }

  /// Frames and events in the order in which they happened.
  public func forEach<Failure: Error>(
    frame: (CANFrame) throws(Failure) -> Void, event: (BusEvent) throws(Failure) -> Void
  ) throws(Failure) {
    var next = 0
    for placed in events {
      while next < placed.position {
        try frame(frames[next])
        next += 1
      }
      try event(placed.event)
    }
    while next < frames.count {
      try frame(frames[next])
      next += 1
    }
  }
}
