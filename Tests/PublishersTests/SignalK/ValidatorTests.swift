import BatteryModel
import BusbarTestSupport
import Foundation
import Publishers
import Testing

@Suite("Deltas against the Signal K schemas")
struct ValidatorTests {
  private static let validator = ProcessInfo.processInfo.environment["BUSBAR_VALIDATOR"]

  @Test(
    "a day of a battery is valid",
    .enabled(if: validator != nil, "BUSBAR_VALIDATOR names no validate_delta.py"),
    arguments: [12.8, nil] as [Double?], [nil, "H\u{e4}user \"1\""] as [String?])
  func isValid(nominalVoltage: Double?, name: String?) throws {
    let validator = try #require(Self.validator)
    var bench = try EncoderBench(name: name, nominalVoltage: nominalVoltage)
    for second in 0..<300 {
      let state: AlarmState =
        switch second / 60 {
        case 1: .active
        case 2: .unsupported
        default: .inactive
        }
      if second / 60 != 3 {
        bench.snapshot = .everything(
          time: EncoderBench.start + Int64(second) * 1_000_000_000,
          heard: Int64(second) * 1_000_000_000, alarms: state)
        bench.say(.current, .number(Double(second) - 150.1), at: Double(second))
      }
      if second == 200 { bench.encoder.connected() }
      _ = bench.ask(at: Double(second) + 0.5)
    }
    let (status, report) = try validate(bench.sent, with: validator)
    #expect(status == 0, "\(report)")
    #expect(report.contains(" 0 errors, 0 warnings"), "\(report)")
  }

  private func validate(_ lines: [String], with validator: String) throws -> (Int32, String) {
    let path = FileManager.default.temporaryDirectory.path() + "/busbar-\(UUID()).ndjson"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try lines.map { $0 + "\n" }.joined().write(toFile: path, atomically: true, encoding: .utf8)
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", validator, "--strict", path]
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let report = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: report, as: UTF8.self))
  }
}
