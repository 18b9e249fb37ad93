package import CANFrames

/// Records that become one block: frames and events in their order, under one setting of the clock.
package struct RecordPiece: Sendable {
  /// An event, and how many frames of the piece came before it.
  package struct PlacedEvent: Hashable, Sendable {
    package var event: StoreEvent
    package var frameIndex: Int
  }

  /// Frames of one block are closer together than this, in nanoseconds.
  package static let longestSpan: Int64 = 6 * 3600 * 1_000_000_000
  /// A block has at most so many frames: enough that its columns compress well, and little
  /// enough to be decoded in milliseconds.
  package static let mostFrames = 65_536

  package private(set) var frames: [CANFrame] = []
  package private(set) var events: [PlacedEvent] = []
  /// By how much the wall clock is ahead of the monotonic one, in nanoseconds; `nil` for a log.
  package let clockOffset: Int64?
  /// Whether the wall clock was known to be right when the records came.
  package let clockIsSet: Bool
  private var earliest = Int64.max
  private var latest = Int64.min

  package init(clockOffset: Int64?, clockIsSet: Bool) {
    self.clockOffset = clockOffset
    self.clockIsSet = clockIsSet
  }

  package var isEmpty: Bool { frames.isEmpty && events.isEmpty }
  package var recordCount: Int { frames.count + events.count }

  /// Appends a frame with an absolute time, unless it has to go into another block.
  ///
  /// - Returns: Whether it was appended.
  @inline(__always) package mutating func append(_ frame: CANFrame) -> Bool {
    guard frames.count < Self.mostFrames else { return false }
    if frame.timestamp < earliest || frame.timestamp > latest {
      let (first, last) = (min(earliest, frame.timestamp), max(latest, frame.timestamp))
      guard frames.isEmpty || last - first <= Self.longestSpan else { return false }
      (earliest, latest) = (first, last)
    }
    frames.append(frame)
    return true
  }

  package mutating func append(_ event: StoreEvent) {
    events.append(PlacedEvent(event: event, frameIndex: frames.count))
  }

  /// Puts an event before everything else.
  mutating func prepend(_ event: StoreEvent) {
    events.insert(PlacedEvent(event: event, frameIndex: 0), at: 0)
  }

  /// The earliest and the latest time of the frames, or of the events where there is no frame.
  var times: ClosedRange<Int64> {
    if !frames.isEmpty { return earliest...latest }
    let times = events.map(\.event.time)
    return (times.min() ?? 0)...(times.max() ?? 0)
  }

  /// The events as rows, from the position of the piece's first record on.
  func eventRows(from position: Int64) -> [EventRow] {
    events.enumerated().map { index, placed in
      EventRow(position: position + Int64(placed.frameIndex + index), event: placed.event)
    }
  }
}
