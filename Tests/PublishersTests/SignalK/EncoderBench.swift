import BatteryModel
import BusbarTestSupport
import Publishers

/// A battery that speaks by hand, and an encoder that listens; seconds count from its first word.
struct EncoderBench {
  /// 2021-04-08T17:00:00Z.
  static let start: Int64 = 1_617_901_200_000_000_000

  var encoder: SignalKEncoder
  var snapshot = BatterySnapshot()
  /// Every delta so far.
  private(set) var sent: [String] = []

  init(
    id: String = "house", name: String? = nil, nominalVoltage: Double? = 12.8,
    cellPaths: SignalKCellPaths = .cells
  ) throws {
    encoder = SignalKEncoder(
      battery: try SignalKBattery(
        id: id, name: name, nominalVoltage: nominalVoltage, cellPaths: cellPaths))
  }

  /// The BMS says something.
  mutating func say(_ quantity: BatteryQuantity, _ value: QuantityValue?, at seconds: Double) {
    snapshot.record(
      quantity, value, time: Self.start + Self.nanoseconds(seconds),
      heard: Self.nanoseconds(seconds))
  }

  /// The encoder is asked, and answers.
  mutating func ask(at seconds: Double) -> SentDeltas {
    let update = BatteryUpdate(
      snapshot: snapshot, now: Self.nanoseconds(seconds),
      time: Self.start + Self.nanoseconds(seconds))
    let messages = encoder.messages(for: update)
    sent += messages
    return SentDeltas(messages)
  }

  private static func nanoseconds(_ seconds: Double) -> Int64 {
    Int64((seconds * 1000).rounded()) * 1_000_000
  }
}

/// Deltas taken apart.
struct SentDeltas {
  struct Value: Hashable {
    var path: String
    var value: JSONValue
    var timestamp: String
  }

  let messages: [JSONValue]

  init(_ lines: [String]) { messages = lines.compactMap { JSONValue(parsing: $0) } }

  private var updates: [JSONValue] { messages.flatMap { $0["updates"]?.list ?? [] } }

  /// In the order in which they were sent, paths without `electrical.batteries.house.`; what is
  /// said of the way to the battery is in ``communication``.
  var values: [Value] { everything.filter { $0.path != Self.communicationPath } }

  /// What is said of the way to the battery.
  var communication: [JSONValue] {
    everything.filter { $0.path == Self.communicationPath }.map(\.value)
  }

  private static let communicationPath = "notifications.communication"

  private var everything: [Value] {
    updates.flatMap { update in
      (update["values"]?.list ?? []).map { entry in
        Value(
          path: Self.short(entry["path"]), value: entry["value"] ?? "missing",
          timestamp: update["timestamp"]?.text ?? "")
      }
    }
  }

  var metas: [String: JSONValue] {
    let entries = updates.flatMap { $0["meta"]?.list ?? [] }
    return Dictionary(entries.map { (Self.short($0["path"]), $0["value"] ?? .null) }) { $1 }
  }

  subscript(_ path: String) -> JSONValue? { values.last { $0.path == path }?.value }

  private static func short(_ path: JSONValue?) -> String {
    String((path?.text ?? "").replacing("electrical.batteries.house.", with: ""))
  }
}
