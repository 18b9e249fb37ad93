import CANFrames

/// Which frames and events of a log are wanted.
package struct FrameSelection: Sendable {
  /// Only these identifiers, which error frames have none of; `nil` for all.
  package var identifiers: IdentifierSet?
  /// Only these buses; empty for all.
  package var buses: Set<String> = []
  /// From this moment on.
  package var from: TimeBound?
  /// Before this moment.
  package var until: TimeBound?

  /// How many frames were left out because they have no time, and times were asked for.
  package private(set) var untimedCount = 0
  private var start: Int64?
  private var isBusWanted: [Bool?] = []

  package init() {}

  /// Whether everything is wanted.
  var isAll: Bool { identifiers == nil && buses.isEmpty && from == nil && until == nil }

  /// Appends to `selected` what is wanted of `batch`.
  mutating func select(
    from batch: borrowing FrameBatch, _ names: BusNames, into selected: inout FrameBatch
  ) {
    var events = batch.events.makeIterator()
    var event = events.next()
    for (index, frame) in batch.frames.enumerated() {
      while let placed = event, placed.position <= index {
        if wants(placed.event, names) { selected.append(placed.event) }
        event = events.next()
      }
      if wants(frame, names) { selected.append(frame) }
    }
    while let placed = event {
      if wants(placed.event, names) { selected.append(placed.event) }
      event = events.next()
    }
  }

  private mutating func wants(_ frame: CANFrame, _ names: BusNames) -> Bool {
    if start == nil { start = frame.sourceTime }
    if let identifiers {
      guard frame.kind != .error, identifiers.contains(frame.identifier) else { return false }
    }
    guard wantsBus(frame.bus, names) else { return false }
    guard from != nil || until != nil else { return true }
    guard let time = frame.sourceTime else {
      untimedCount += 1
      return false
    }
    return wantsTime(time)
  }

  private mutating func wants(_ event: BusEvent, _ names: BusNames) -> Bool {
    guard wantsBus(event.bus, names) else { return false }
    guard from != nil || until != nil else { return true }
    return event.timestamp != CANFrame.noTime && wantsTime(event.timestamp)
  }

  private func wantsTime(_ time: Int64) -> Bool {
    let start = start ?? 0
    if let from, time < from.time(after: start) { return false }
    if let until, time >= until.time(after: start) { return false }
    return true
  }

  private mutating func wantsBus(_ bus: UInt8, _ names: BusNames) -> Bool {
    guard !buses.isEmpty else { return true }
    while isBusWanted.count <= Int(bus) { isBusWanted.append(nil) }
    if let isWanted = isBusWanted[Int(bus)] { return isWanted }
    let isWanted = names[bus].map { buses.contains($0) } ?? false
    isBusWanted[Int(bus)] = isWanted
    return isWanted
  }
}
