import CANInterfaces
import Foundation
package import FrameStore

extension ClockState {
  private static let thisBoot: String = {
    let path = "/proc/sys/kernel/random/boot_id"
    let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    return text.trimmingCharacters(in: .whitespacesAndNewlines)
  }()

  /// What this machine's clocks say now.
  package static func system() -> ClockState {
    var realtime = SystemClock.realtime
    var monotonic = SystemClock.sinceBoot
    // A process that is paused between the two would see an offset that never was.
    for _ in 0..<10 {
      let before = SystemClock.sinceBoot
      realtime = SystemClock.realtime
      monotonic = SystemClock.sinceBoot
      if monotonic - before < 1_000_000 { break }
    }
    return ClockState(
      realtime: realtime, monotonic: monotonic, isSet: ClockDiscipline.isKept, boot: thisBoot)
  }
}
