import BMSDialects
import CANFrames

/// The summaries of a log's buses: each bus has a battery of its own, or none.
struct BusSummaries: Sendable {
  struct Entry: Sendable {
    /// `nil` for frames whose log names no bus.
    var bus: String?
    var summary: DialectSummary
  }

  /// In the order in which the buses were first heard.
  private(set) var entries: [Entry]
  /// How many frames came of buses that have no summary, by name.
  private(set) var leftOut: [String: Int] = [:]
  /// For each number of a bus, where its entry is; its reader's names do not change.
  private var places: [Int?] = []

  /// - Parameter entries: What is known of the buses: their dialects, and nothing summed up.
  init(_ entries: [Entry]) { self.entries = entries }

  var frameCount: Int {
    entries.reduce(0) { $0 + $1.summary.frameCount } + leftOut.values.reduce(0, +)
  }

  /// Takes note of frames, in their order.
  mutating func add(_ batch: FrameBatch, buses: BusNames) {
    learn(buses)
    if places.count <= 1 {
      add(batch.frames, of: 0, buses)
    } else {
      for (bus, frames) in batch.framesByBus.enumerated() { add(frames, of: UInt8(bus), buses) }
    }
  }

  private mutating func add(_ frames: [CANFrame], of bus: UInt8, _ buses: BusNames) {
    guard !frames.isEmpty else { return }
    guard Int(bus) < places.count, let place = places[Int(bus)] else {
      // A bus that only has errors has nothing to sum up.
      let count = frames.count { $0.kind != .error }
      if count > 0 { leftOut[buses[bus] ?? "-", default: 0] += count }
      return
    }
    entries[place].summary.add(frames)
  }

  private mutating func learn(_ buses: BusNames) {
    while places.count < buses.names.count {
      let name = buses.names[places.count]
      places.append(entries.firstIndex { $0.bus == name })
    }
  }

  /// Takes note of what is still open; call once, at the end.
  mutating func finish() {
    for index in entries.indices { entries[index].summary.finish() }
  }

  /// Appends what came after this part of the log; both know the same buses and are finished.
  mutating func append(_ later: BusSummaries) {
    for (place, entry) in later.entries.enumerated() {
      entries[place].summary.append(entry.summary)
    }
    leftOut.merge(later.leftOut, uniquingKeysWith: +)
  }

  /// Takes over the buses that another reading of the same log was made for.
  mutating func complete(with others: BusSummaries) {
    for entry in others.entries { leftOut[entry.bus ?? "-"] = nil }
    entries += others.entries
  }
}
