import CANFrames
import GRDB

/// Reads a whole store, checks every block's checksum and the chain between them, and works out
/// what is complete.
package struct StoreVerifier: ~Copyable {
  private let store: FrameStore
  private var reader: StoreReader
  private var found = StoreVerification()
  /// The stretch without a gap so far.
  private var stretch: ClosedRange<Int64>?
  /// Why the next stretch is not the present one, once that is known.
  private var pendingCause: String?
  private var lastTime: Int64?

  package init(_ store: FrameStore) {
    self.store = store
    reader = StoreReader(store)
  }

  /// Verifies everything.
  ///
  /// - Parameter progress: Told how many frames were read so far; returns whether to go on.
  /// - Returns: What was found, damage included.
  /// - Throws: If the disk fails.
  package consuming func run(
    progress: (Int) -> Bool = { _ in true }
  ) throws(StoreError) -> StoreVerification {
    try checkPages()
    var expected: Int64 = 0
    var chain: [UInt8]?
    while let step = try nextStep(&expected, &chain) {
      switch step {
      case .records(let records): take(records)
      case .damage(let damage):
        found.faults.append(damage.description)
        interrupt("damaged: \(damage.reason)")
      }
      guard progress(found.frameCount) else { break }
    }
    endStretch()
    // Logs may have been imported in any order.
    found.complete.sort { $0.lowerBound < $1.lowerBound }
    found.gaps.sort { ($0.from, $0.until) < ($1.from, $1.until) }
    return found
  }

  private mutating func checkPages() throws(StoreError) {
    do throws(StoreError) {
      let words = try store.read { try String.fetchAll($0, sql: "PRAGMA quick_check(20)") }
      found.faults += words.filter { $0 != "ok" }.map { "SQLite: \($0)" }
    } catch {
      guard error.isDamage else { throw error }
      found.faults.append("SQLite: \(error.reason)")
    }
  }

  private mutating func nextStep(
    _ expected: inout Int64, _ chain: inout [UInt8]?
  ) throws(StoreError) -> StoreReader.Step? {
    let start = reader.position
    guard let step = try reader.next() else { return nil }
    guard case .records(let records) = step else {
      chain = nil
      expected = reader.position
      return step
    }
    let row = try? store.read { try StoredBlock.fetch(from: start, $0)?.row }
    if records.position > expected {
      let reason = try removal(expected..<records.position)
      if let reason {
        interrupt("deleted to keep the store within its limit of \(reason)")
      } else {
        found.faults.append(
          "records \(expected) to \(records.position - 1) are missing: nobody deleted them")
        interrupt("missing")
      }
      chain = nil
    }
    if let row {
      if let chain, chain != row.previous {
        found.faults.append("the chain is broken before record \(row.position)")
      }
      chain = row.checksum
    }
    expected = reader.position
    found.blockCount += 1
    return step
  }

  /// Why a range of positions was deleted, if it was and all of it.
  private func removal(_ range: Range<Int64>) throws(StoreError) -> String? {
    try store.read { database in
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT position, records, reason FROM removal
          WHERE position < ? AND position + records > ? ORDER BY position
          """, arguments: [range.upperBound, range.lowerBound])
      var position = range.lowerBound
      for row in rows where row["position"] <= position {
        position = row["position"] + row["records"]
      }
      return position >= range.upperBound ? rows.first?["reason"] : nil
    }
  }
}

extension StoreVerifier {
  private mutating func take(_ records: StoredRecords) {
    found.frameCount += records.frames.count
    found.eventCount += records.events.count
    var next = 0
    for placed in records.events {
      extend(records.frames[next..<placed.frameIndex])
      next = placed.frameIndex
      take(placed.event)
    }
    extend(records.frames[next...])
  }

  private mutating func extend(_ frames: ArraySlice<CANFrame>) {
    guard let first = frames.first else { return }
    var (earliest, latest) = (first.timestamp, first.timestamp)
    for frame in frames {
      earliest = min(earliest, frame.timestamp)
      latest = max(latest, frame.timestamp)
    }
    resume(at: first.timestamp)
    let old = stretch ?? earliest...latest
    stretch = min(old.lowerBound, earliest)...max(old.upperBound, latest)
    lastTime = frames.last?.timestamp
  }

  private mutating func take(_ event: StoreEvent) {
    switch event.kind {
    case .bus(.framesDropped), .notStored, .bus(.gap), .bus(.clockStep):
      if case .bus(.clockStep) = event.kind {
        // Nothing is missing, but dates before and after are of different clocks.
        endStretch()
      } else {
        interrupt(event.description)
      }
    case .bus(.interfaceDown): interrupt("\(event.bus ?? "interface") was down")
    case .started(let source, let afterCrash):
      if afterCrash {
        interrupt("power cut or kill; \(source) was not recorded")
      } else if lastTime != nil, pendingCause == nil {
        interrupt("not recording")
      }
    case .stopped: interrupt("not recording")
    case .imported: endStretch()
    case .storeReplaced: interrupt(event.description)
    case .bus(.interfaceUp), .clockCorrected, .unknown: break
    }
  }

  private mutating func interrupt(_ cause: String) {
    endStretch()
    // What interrupted first is the reason; what follows without a frame between does not help.
    if pendingCause == nil || cause.hasPrefix("power cut") { pendingCause = cause }
  }

  private mutating func endStretch() {
    if let stretch { found.complete.append(stretch) }
    stretch = nil
  }

  private mutating func resume(at time: Int64) {
    guard let cause = pendingCause else { return }
    pendingCause = nil
    // Before the first record there is nothing that it could be a gap in.
    guard let lastTime else { return }
    found.gaps.append(StoreVerification.Gap(from: lastTime, until: time, cause: cause))
  }
}

extension StoreError {
  fileprivate var reason: String {
    switch self {
    case .damaged(_, let reason), .failed(_, let reason), .cannotOpen(_, let reason): reason
    default: description
    }
  }
}
