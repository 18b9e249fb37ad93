import BusbarTestSupport
import Foundation
import Testing

/// Keeps what a test made a program send, so that a validator can look at all of it.
///
/// Each test writes one file into the folder that the variable `BUSBAR_DELTAS_DIR` names, and
/// nothing where it is not set.
enum DeltaRecording {
  private static let counts = Watched<[String: Int]>([:])

  static func keep(_ lines: [String]) throws {
    guard let folder = ProcessInfo.processInfo.environment["BUSBAR_DELTAS_DIR"] else { return }
    let test = Test.current?.name.filter { $0.isLetter || $0.isNumber } ?? "unknown"
    let count = counts.change { counts in
      counts[test, default: 0] += 1
      return counts[test] ?? 0
    }
    let deltas = lines.filter { JSONValue(parsing: $0)?["updates"] != nil }
    guard !deltas.isEmpty else { return }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try deltas.map { $0 + "\n" }.joined()
      .write(toFile: "\(folder)/\(test)-\(count).ndjson", atomically: true, encoding: .utf8)
  }
}
