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
  private(set) var entries: [Entry] = []
  /// How many frames came of buses that have no summary, by name.
  private(set) var leftOut: [String: Int] = [:]
  /// The dialect of buses that are not known yet; `nil` to leave them out.
  private let dialect: Dialect?
  /// For each number of a bus, where its entry is; its reader's names do not change.
  private var places: [Int?] = []

  /// - Parameters:
  ///   - entries: What is known of the buses: their dialects, and nothing summed up.
  ///   - dialect: The dialect of any other bus; `nil` to leave them out.
  init(_ entries: [Entry], others dialect: Dialect?) {
    self.entries = entries
    self.dialect = dialect
  }

  var frameCount: Int {
    entries.reduce(0) { $0 + $1.summary.frameCount } + leftOut.values.reduce(0, +)
  }

  /// Takes note of frames, in their order.
  mutating func add(_ batch: FrameBatch, buses: BusNames) {
    learn(buses)
    if places.count <= 1 {
      add(batch.frames, of: 0, buses)
    } else {
      for (bus, part) in batch.byBus.enumerated() { add(part.frames, of: UInt8(bus), buses) }
    }
  }

  private mutating func add(_ frames: [CANFrame], of bus: UInt8, _ buses: BusNames) {
    guard !frames.isEmpty else { return }
    guard Int(bus) < places.count, let place = places[Int(bus)] else {
      leftOut[buses[bus] ?? "-", default: 0] += frames.count
      return
    }
    entries[place].summary.add(frames)
  }

  private mutating func learn(_ buses: BusNames) {
    while places.count < buses.names.count {
      let name = buses.names[places.count]
      if let place = entries.firstIndex(where: { $0.bus == name }) {
        places.append(place)
      } else if let dialect {
        places.append(entries.count)
        entries.append(Entry(bus: name, summary: DialectSummary(dialect, product: [:])))
      } else {
        places.append(nil)
      }
    }
  }

  /// Takes note of what is still open; call once, at the end.
  mutating func finish() {
    for index in entries.indices { entries[index].summary.finish() }
  }

  /// Appends what came after this part of the log; both are finished.
  mutating func append(_ later: BusSummaries) {
    for entry in later.entries {
      if let place = entries.firstIndex(where: { $0.bus == entry.bus }) {
        entries[place].summary.append(entry.summary)
      } else {
        entries.append(entry)
      }
    }
    leftOut.merge(later.leftOut, uniquingKeysWith: +)
  }
}
