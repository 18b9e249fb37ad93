import BusbarTestSupport
import Foundation

/// Logs for the recording's commands, and the file that they go into.
enum RecordingLogs {
  /// The 1st of January 2026.
  static let start = 1_767_225_600

  /// What a REC says each second: limits, charge, a voltage from 24.00 to 27.99 V, its name.
  ///
  /// - Parameters:
  ///   - seconds: Counted from ``start``.
  ///   - alarm: In which of them a high voltage is an alarm.
  /// - Returns: The log.
  static func battery(_ seconds: Range<Int>, alarm: Range<Int> = 0..<0) -> String {
    seconds.map { second in
      let voltage = 2400 + second * 7 % 400
      let low = hex(voltage & 0xFF)
      let frames = [
        "351#1F01BC02E803E700", "355#320064008813", "356#\(low)\(hex(voltage >> 8))00002701",
        "35A#\(alarm.contains(second) ? "04" : "08")00000000000000", "35E#5245432D424D5300",
        "380#31512D3138343500",
      ]
      return frames.enumerated().map { index, frame in
        "(\(start + second).00\(index)000) can0 \(frame)\n"
      }.joined()
    }.joined()
  }

  private static func hex(_ byte: Int) -> String { String(format: "%02X", byte) }

  /// Numbered frames, half a millisecond apart, as many as asked for.
  static func numbered(_ numbers: Range<Int>) -> String {
    numbers.map { number in
      let time = start * 2000 + number
      return String(
        format: "(%d.%06d) can0 %03X#%016X\n", time / 2000, time % 2000 * 500,
        0x100 + number % 15, number)
    }.joined()
  }

  /// Runs a piece of bash in a folder with files; `wait_for` waits until a command succeeds, and fails
  /// after a minute.
  static func run(
    _ script: String, _ files: [String: String] = [:]
  ) async throws -> Command.Outcome {
    let folder = try TemporaryFolder()
    for (name, text) in files { _ = try folder.file(name, Data(text.utf8)) }
    let head = """
      set -eu
      wait_for() { for _ in $(seq 600); do if "$@"; then return 0; fi; sleep 0.1; done; return 1; }
      export XDG_DATA_HOME=$PWD/data
      trap 'kill $(jobs -p) 2>/dev/null || true' EXIT

      """
    _ = try folder.file("script", Data((head + script).utf8))
    // What a test starts has the signals blocked that its threads have blocked: no Ctrl-C would
    // arrive.
    let unblock =
      "import os, signal; signal.pthread_sigmask(signal.SIG_SETMASK, []); "
      + "os.execvp('bash', ['bash', 'script'])"
    return try await Command.shell("exec python3 -c \"\(unblock)\"", folder: folder.url)
  }
}
