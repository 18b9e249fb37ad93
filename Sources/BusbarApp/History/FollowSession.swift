import BMSDialects
import CANFrames
import CANInterfaces
package import FrameStore

/// Hands the records of a store to a named consumer, from where it stopped the last time.
///
/// The place is kept in the store itself, and moved when what was before it has been handed over.
package struct FollowSession: ~Copyable {
  /// How frames are written.
  package enum Format: String, CaseIterable, Sendable {
    /// As `candump -l` writes them.
    case candump
    /// Decoded, an object a line.
    case json
  }

  /// Between two looks whether there is more, in milliseconds.
  private static let pause: Int32 = 500

  private let store: FrameStore
  private let consumer: String
  private let format: Format
  private let staysOn: Bool
  private let choice: DialectChoice
  private let notices: any Notices
  private let stop: CInt
  /// By the names of buses: their numbers may differ from block to block.
  private var lanes: [String: DecodeLane] = [:]

  /// - Parameters:
  ///   - store: Open for writing, since the place is kept there.
  ///   - consumer: Whose place it is.
  ///   - format: How frames are written.
  ///   - choice: The dialect, or that it is to be found out.
  ///   - staysOn: Whether to wait for more at the end.
  ///   - notices: Where to tell people what happens.
  ///   - stop: A descriptor that ends waiting when it becomes readable.
  package init(
    _ store: FrameStore, consumer: String, format: Format, choice: DialectChoice, staysOn: Bool,
    notices: any Notices, stop: CInt
  ) {
    self.store = store
    self.consumer = "consumer \(consumer)"
    self.format = format
    self.choice = choice
    self.staysOn = staysOn
    self.notices = notices
    self.stop = stop
  }

  /// Runs until there is no more, or it is stopped.
  ///
  /// - Returns: How many records were handed over.
  package mutating func run() throws -> Int64 {
    let start = try store.cursor(consumer)
    var reader = StoreReader(store, from: start)
    var writer = LogWriter(format: .candump)
    var text: [UInt8] = []
    while !StopSignal.isRaised(stop) {
      guard let step = try reader.next() else {
        guard staysOn, !Stopping.wait(stop, nanoseconds: Int64(Self.pause) * 1_000_000) else {
          break
        }
        continue
      }
      switch step {
      case .damage(let damage): notices.tell("\(damage)")
      case .records(let records):
        var batch = FrameBatch()
        records.appendBusRecords(to: &batch)
        switch format {
        case .candump:
          writer.write(batch, buses: records.buses, to: &text)
          try StandardOutput().flush(&text)
        case .json:
          try decode(batch, records.buses)
        }
      }
      // Only what has been handed over is behind the place.
      try store.setCursor(consumer, to: reader.position)
    }
    return reader.position - start
  }

  /// Hands frames over in their order, each to its bus's lane.
  private mutating func decode(_ batch: FrameBatch, _ buses: BusNames) throws {
    for (bus, run) in batch.runsOfOneBus {
      let name = buses[bus] ?? "-"
      if lanes[name] == nil { lanes[name] = makeLane(name, of: bus, in: batch) }
      try lanes[name]?.take(run, buses: buses)
    }
  }

  /// A lane whose dialect is decided by the bus's first block, so that nothing waits in it.
  private func makeLane(_ name: String, of bus: UInt8, in batch: FrameBatch) -> DecodeLane {
    var fixed = choice
    if case .automatic = choice {
      var census = BusCensus()
      for frame in batch.frames.lazy.filter({ $0.bus == bus }).prefix(2000) { census.add(frame) }
      if let dialect = BusVerdict(census).best?.dialect { fixed = .fixed(dialect) }
    }
    return DecodeLane(
      JSONOutput(), choice: fixed, name: "\(consumer), \(name)", notices: notices,
      showsBus: false)
  }
}

extension FrameBatch {
  /// The batch cut wherever the bus changes, in order.
  fileprivate var runsOfOneBus: [(bus: UInt8, batch: FrameBatch)] {
    var runs: [(bus: UInt8, batch: FrameBatch)] = []
    forEach { frame in
      if runs.last?.bus != frame.bus { runs.append((frame.bus, FrameBatch())) }
      runs[runs.count - 1].batch.append(frame)
    } event: { event in
      if runs.last?.bus != event.bus { runs.append((event.bus, FrameBatch())) }
      runs[runs.count - 1].batch.append(event)
    }
    return runs
  }
}
