import BatteryModel
import BusbarTestSupport
import Publishers

/// The tables of `docs/signalk.md`, made of what an encoder really sends.
struct SignalKReference {
  private var bench: EncoderBench
  private let sent: SentDeltas

  init() throws {
    bench = try EncoderBench(name: "House battery", cellPaths: .both)
    bench.snapshot = .everything(time: EncoderBench.start, heard: 0, alarms: .active)
    bench.snapshot.contact = .lost(.init(.interfaceDown, since: EncoderBench.start))
    bench.snapshot.record(
      .voltage, ofCell: 1, 3.321, time: EncoderBench.start, heard: 0)
    bench.snapshot.record(
      .temperature, ofCell: 1, 22.4, time: EncoderBench.start, heard: 0)
    sent = bench.ask(at: 0)
  }

  /// Every path of values, with its unit, an example and its meaning.
  var paths: String {
    let rows = sent.values.filter { !$0.path.hasPrefix("notifications.") }.map { value in
      let meta = sent.metas[value.path]
      let unit = meta?["units"]?.text ?? ""
      return
        "| `\(value.path.replacing(".1.", with: ".<n>."))` | \(unit) | `\(value.value.json)` | "
        + "\(meta?["description"]?.text ?? "") |"
    }
    return (["| Path | Unit | Example | Meaning |", "| --- | --- | --- | --- |"] + rows)
      .joined(separator: "\n")
  }

  /// Every path of notifications, with an example of its message.
  var notifications: String {
    let alarms = sent.values.filter { $0.path.hasPrefix("notifications.") }
      .map { (path: $0.path.replacing("notifications.", with: ""), value: $0.value) }
    let all = alarms + sent.communication.map { (path: "communication", value: $0) }
    let rows = all.map { "| `\($0.path)` | \($0.value["message"]?.text ?? "") |" }
    return (["| Path | Message, for example |", "| --- | --- |"] + rows).joined(separator: "\n")
  }
}
