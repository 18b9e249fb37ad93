import BatteryModel
import CANFrames
import Foundation
package import FrameStore

/// Makes the series and events of a recording out of its frames, as far as they are final.
///
/// What it makes is a cache: it is made again whenever a dialect's file or the way of reading it
/// changes, and nothing is lost with it. Building can be stopped at any time, goes on where it was,
/// and may run while others record and query.
package struct HistoryBuilder: ~Copyable {
  /// Changes with the way in which frames are turned into series and events.
  static let version: [UInt8] = [3]
  static let cursor = "history"
  static let events = "events"
  private static let stateCache = "history state"
  /// So many records are dealt with before what was made of them is stored.
  private static let recordsInCommit: Int64 = 500_000

  /// What is kept beside the series, to go on.
  private struct State: Codable {
    var fingerprint: UInt64
    var buses: [String: BatteryState] = [:]
  }

  /// The battery on one bus, and where its series are.
  ///
  /// A class, so that it is not copied for each frame.
  private final class Battery {
    var reader: BatteryReader
    /// By the quantities' numbers.
    var series = [Int?](repeating: nil, count: BatteryQuantity.allCases.count)

    init(_ reader: BatteryReader) { self.reader = reader }
  }

  private let store: FrameStore
  private let dialects: HistoryDialects
  private var reader: StoreReader
  private var writer: SeriesWriter
  private var batteries: [Battery] = []
  private var events: [HistoryEvent] = []
  private var committed: Int64
  /// Parts of the recording that could not be read; they are passed over.
  package private(set) var damages: [StoreDamage] = []

  /// Opens the history of a store that may be written.
  ///
  /// - Throws: ``StoreError`` if the store cannot be read or written.
  package init(_ store: FrameStore, _ dialects: HistoryDialects) throws(StoreError) {
    self.store = store
    self.dialects = dialects
    let state = try Self.state(store)
    if state?.fingerprint == dialects.fingerprint {
      batteries = (state?.buses ?? [:]).map {
        Battery(BatteryReader($0.key, dialects, $0.value))
      }
    } else {
      try store.dropCaches(forgettingCursor: Self.cursor)
    }
    committed = try store.cursor(Self.cursor)
    reader = StoreReader(store, from: committed)
    writer = SeriesWriter(store)
  }

  /// How far the history of a store goes: the position behind the last record in it, 0 if it is
  /// none or was made with other dialects.
  static func reach(_ store: FrameStore, _ dialects: HistoryDialects) throws(StoreError) -> Int64 {
    try state(store)?.fingerprint == dialects.fingerprint ? try store.cursor(cursor) : 0
  }

  /// Makes what is missing of a recording's history.
  ///
  /// - Parameters:
  ///   - path: Where the recording is, which must be there and is written.
  ///   - dialects: Which dialects it is seen through.
  ///   - progress: As ``build(progress:)`` has it.
  /// - Throws: If the store cannot be read or written.
  package static func update(
    path: String, _ dialects: HistoryDialects, progress: (Double) -> Bool
  ) throws(StoreError) {
    let store = try FrameStore(path: path, access: .writing)
    var builder = try HistoryBuilder(store, dialects)
    try builder.build(progress: progress)
    try store.close()
  }

  /// Whether the history reaches the end of the final blocks, so that there is nothing to be built.
  package static func isCurrent(
    _ store: FrameStore, _ dialects: HistoryDialects
  ) throws(StoreError) -> Bool {
    let end = try store.sealedEnd()
    guard end > 0 else { return true }
    return try reach(store, dialects) >= end
  }

  /// What is known of the battery on each bus, for reading single series.
  static func batteries(
    _ store: FrameStore, _ dialects: HistoryDialects
  ) throws(StoreError) -> [String: BatteryState] {
    let state = try state(store)
    return state?.fingerprint == dialects.fingerprint ? state?.buses ?? [:] : [:]
  }

  private static func state(_ store: FrameStore) throws(StoreError) -> State? {
    let bytes = try store.cached(stateCache, 0...0).first?.value
    return bytes.flatMap { try? JSONDecoder().decode(State.self, from: Data($0)) }
  }

  /// Takes up to the final blocks' end.
  ///
  /// - Parameter progress: Called with the share that is done, from 0 to 1, a few times a second of
  ///   work; returns `false` to stop.
  /// - Returns: Whether it reached the end.
  /// - Throws: If the store cannot be read or written.
  @discardableResult
  package mutating func build(
    progress: (Double) -> Bool = { _ in true }
  ) throws(StoreError) -> Bool {
    let end = try store.sealedEnd()
    let start = reader.position
    guard start < end else { return true }
    while reader.position < end {
      switch try reader.next() {
      case nil: break
      case .damage(let damage): damages.append(damage)
      case .records(let records): try take(records)
      }
      if reader.position - committed >= Self.recordsInCommit { try commit() }
      let share = Double(reader.position - start) / Double(max(1, end - start))
      guard progress(min(1, share)) else {
        try commit()
        return false
      }
    }
    try finish()
    try commit()
    return true
  }

  private mutating func take(_ records: StoredRecords) throws(StoreError) {
    var placed = records.events.makeIterator()
    var next = placed.next()
    // A bus is looked up once for a block, not for each frame.
    var places = [Int?](repeating: nil, count: 256)
    var samples: [Sample] = []
    for (index, frame) in records.frames.enumerated() {
      while let event = next, event.frameIndex <= index {
        note(event.event)
        next = placed.next()
      }
      guard frame.kind == .data else { continue }
      let place = places[Int(frame.bus)] ?? battery(on: records.buses[frame.bus] ?? "")
      places[Int(frame.bus)] = place
      let battery = batteries[place]
      battery.reader.take(frame, samples: &samples, events: &events)
      if !samples.isEmpty { try write(&samples, of: battery) }
    }
    while let event = next {
      note(event.event)
      next = placed.next()
    }
  }

  private mutating func battery(on bus: String) -> Int {
    if let place = batteries.firstIndex(where: { $0.reader.bus == bus }) { return place }
    batteries.append(Battery(BatteryReader(bus, dialects)))
    return batteries.count - 1
  }

  private mutating func write(
    _ samples: inout [Sample], of battery: Battery
  ) throws(StoreError) {
    for sample in samples {
      let series: Int
      if let known = battery.series[sample.quantity.number] {
        series = known
      } else {
        series = try writer.series(SeriesName(sample.quantity, bus: battery.reader.bus))
        battery.series[sample.quantity.number] = series
      }
      try writer.add(sample.value, at: sample.time, to: series)
    }
    samples.removeAll(keepingCapacity: true)
  }

  /// What the recording noted is worth finding again; and a battery was not silent while nobody
  /// listened.
  private mutating func note(_ event: StoreEvent) {
    events.append(
      HistoryEvent(.recorded("\(event)"), time: event.time, bus: event.bus ?? ""))
    for battery in batteries where event.bus == nil || event.bus == battery.reader.bus {
      battery.reader.interrupted()
    }
  }

  /// Decides for buses that were heard too shortly to be sure.
  private mutating func finish() throws(StoreError) {
    var samples: [Sample] = []
    for battery in batteries {
      battery.reader.finish(samples: &samples, events: &events)
      try write(&samples, of: battery)
    }
  }

  private mutating func commit() throws(StoreError) {
    var entries = try writer.takeEntries()
    entries += try eventEntries()
    let state = State(
      fingerprint: dialects.fingerprint,
      buses: Dictionary(
        batteries.map { ($0.reader.bus, $0.reader.state) }, uniquingKeysWith: { first, _ in first }
      ))
    if let bytes = try? JSONEncoder().encode(state) {
      entries.append(CacheEntry(name: Self.stateCache, key: 0, value: Array(bytes)))
    }
    try store.cache(entries, movingCursor: (Self.cursor, reader.position))
    committed = reader.position
  }

  /// Events are kept by their time, with some nanoseconds added where several have the same.
  private mutating func eventEntries() throws(StoreError) -> [CacheEntry] {
    var taken: Set<Int64> = []
    func isTaken(_ key: Int64) throws(StoreError) -> Bool {
      try taken.contains(key) ? true : !store.cached(Self.events, key...key).isEmpty
    }
    var entries: [CacheEntry] = []
    for event in events {
      guard let bytes = try? JSONEncoder().encode(event) else { continue }
      var key = event.time
      while try isTaken(key) { key += 1 }
      taken.insert(key)
      entries.append(CacheEntry(name: Self.events, key: key, value: Array(bytes)))
    }
    events.removeAll(keepingCapacity: true)
    return entries
  }
}
