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
  private var writer = LogWriter(format: .candump)
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
    if case .fixed(let dialect) = choice, format == .json {
      DialectNotice.tellOmissions(of: dialect, notices)
    }
    let start = try store.cursor(consumer)
    var reader = StoreReader(store, from: start)
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
      case .records(let records): handOver(records, &text)
      }
      try StandardOutput().flush(&text)
      // Only what has been handed over is behind the place.
      try store.setCursor(consumer, to: reader.position)
    }
    return reader.position - start
  }

  private mutating func handOver(_ records: StoredRecords, _ text: inout [UInt8]) {
    var batch = FrameBatch()
    records.appendBusRecords(to: &batch)
    guard format == .json else {
      writer.write(batch, buses: records.buses, to: &text)
      return
    }
    for placed in records.events {
      guard case .bus(let kind) = placed.event.kind else { continue }
      let event = BusEvent(kind, timestamp: placed.event.time, bus: 0)
      notices.tell("\(placed.event.bus ?? consumer): \(event)")
    }
    decode(batch, records.buses, &text)
  }

  /// Each frame by its bus's dialect, in their order.
  private mutating func decode(_ batch: FrameBatch, _ buses: BusNames, _ text: inout [UInt8]) {
    if buses.names.contains(where: { lanes[$0 ?? "-"]?.hasDialect != true }) {
      for (bus, frames) in batch.framesByBus.enumerated() where !frames.isEmpty {
        begin(buses[UInt8(bus)] ?? "-", frames, &text)
      }
    }
    batch.forEachRun { run in
      guard let bus = run.first?.bus else { return }
      lanes[buses[bus] ?? "-"]?.take(run, buses: buses, into: &text)
    } event: { _ in
    }
  }

  /// Decides a bus's dialect by what a block has of it, so that nothing waits; by the next block
  /// if this one does not tell.
  private mutating func begin(_ name: String, _ frames: [CANFrame], _ text: inout [UInt8]) {
    var ahead = LookAhead()
    if let lane = lanes[name] {
      guard !lane.hasDialect else { return }
      _ = ahead.take(frames, now: 0, isVerdictEnough: false)
      guard BusVerdict(ahead.census).best != nil else { return }
    } else {
      _ = ahead.take(frames, now: 0, isVerdictEnough: false)
      lanes[name] = DecodeLane(
        JSONOutput(), choice: choice, name: "\(consumer), \(name)", notices: notices,
        showsBus: false)
    }
    lanes[name]?.begin(with: ahead, into: &text)
  }
}
