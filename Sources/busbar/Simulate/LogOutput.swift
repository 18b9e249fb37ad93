import BusbarApp
import CANInterfaces
import Simulation

/// The log that `busbar simulate --log` writes.
struct LogOutput {
  let path: String
  /// Where what the BMS knew goes; `nil` for nowhere.
  let valuesPath: String?
  /// Whether files that are there may be replaced.
  let replacing: Bool
  let stop: CInt

  /// A log begins at the same time whenever it is written: 2026-01-01T00:00:00Z.
  static let start: Int64 = 1_767_225_600_000_000_000
  /// How much is simulated unless it is said, in s.
  private static let length = 86_400.0

  func run(_ setup: SimulationSetup) throws {
    let log = try open(path)
    let values = try valuesPath.map(open)
    let session = SimulationLogSession(setup, start: Self.start, stop: stop)
    let outcome = try session.run(seconds: setup.specification.duration ?? Self.length) { text in
      try log.write(&text)
    }
    try log.commit()
    StandardErrorNotices().tell("\(path): \(outcome.summary)")
    guard let values else { return }
    try session.values(seconds: outcome.seconds.rounded(.up)) { text in try values.write(&text) }
    try values.commit()
  }

  /// A file that is compressed if its name says so.
  private func open(_ path: String) throws -> OutputFile {
    try OutputFile(
      path, compression: Compression.asked(by: path)?.compression, replacing: replacing)
  }
}
