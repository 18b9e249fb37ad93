import Foundation
import GRDB

/// Keeps count of what this process writes to the disk, day by day, as the kernel counts it.
struct WearMeter {
  private var lastWritten: Int64?
  private var lastUsed: Int64 = 0
  private var lastTime: Int64 = 0

  /// Adds what was written since the last call to today's row.
  mutating func note(in store: FrameStore, clock: ClockState) throws(StoreError) {
    guard let written = Self.bytesWritten() else { return }
    let used = try store.read { try store.usedBytes($0) }
    defer { (lastWritten, lastUsed, lastTime) = (written, used, clock.monotonic) }
    guard let last = lastWritten else { return }
    let (grown, seconds) = (used - lastUsed, (clock.monotonic - lastTime) / 1_000_000_000)
    try store.write { database in
      try database.execute(
        sql: """
          INSERT INTO wear(day, written, grown, seconds) VALUES(?, ?, ?, ?)
          ON CONFLICT(day) DO UPDATE SET written = written + excluded.written,
          grown = grown + excluded.grown, seconds = seconds + excluded.seconds
          """,
        arguments: [clock.realtime / 86_400_000_000_000, written - last, grown, seconds])
    }
  }

  /// `write_bytes` of `/proc/self/io`: what went to the block layer, in whole pages.
  static func bytesWritten() -> Int64? {
    guard let text = try? String(contentsOfFile: "/proc/self/io", encoding: .utf8) else {
      return nil
    }
    return text.split(separator: "\n").first { $0.hasPrefix("write_bytes: ") }
      .flatMap { Int64($0.dropFirst(13)) }
  }
}
