import BusbarApp
import CANInterfaces
import Foundation
import Simulation

/// The log that `busbar simulate --log` writes.
struct LogOutput {
  let path: String
  /// Where what the BMS knew goes; `nil` for nowhere.
  let valuesPath: String?
  let stop: CInt

  /// A log begins at the same time whenever it is written: 2026-01-01T00:00:00Z.
  static let start: Int64 = 1_767_225_600_000_000_000
  /// How much is simulated unless it is said, in s.
  private static let length = 86_400.0

  func run(_ setup: SimulationSetup) throws {
    let seconds = setup.specification.duration ?? Self.length
    let session = SimulationLogSession(setup, start: Self.start, stop: stop)
    let outcome =
      if path == "-" {
        try session.run(seconds: seconds) { text in try StandardOutput().flush(&text) }
      } else {
        try write(path) { append in try session.run(seconds: seconds, write: append) }
      }
    StandardErrorNotices().tell("\(path): \(outcome.summary)")
    guard let valuesPath else { return }
    try write(valuesPath) { append in
      try session.values(seconds: outcome.seconds.rounded(.up), write: append)
    }
  }

  private func write<Result>(
    _ path: String, _ body: ((inout [UInt8]) throws -> Void) throws -> Result
  ) throws -> Result {
    let url = URL(filePath: path)
    do {
      guard FileManager.default.createFile(atPath: path, contents: nil) else {
        throw CommandFailure(
          "\(path): cannot be written; check the folder and its permissions", .outsideFailed)
      }
      let file = try FileHandle(forWritingTo: url)
      let result = try body { text in
        try file.write(contentsOf: Data(text))
        text.removeAll(keepingCapacity: true)
      }
      try file.close()
      return result
    } catch let error as CommandFailure {
      throw error
    } catch {
      throw CommandFailure("\(path): \(error.localizedDescription)", .outsideFailed)
    }
  }
}
