import CANInterfaces
import Foundation
import Synchronization

/// One line on a terminal that says how far long work is; nothing where nobody looks.
package final class ProgressLine: Sendable {
  private let title: String
  private let total: Int?
  private let isShown: Bool
  private let next = Mutex<Int64>(0)
  private let hasShown = Mutex(false)

  /// - Parameters:
  ///   - title: What is worked on.
  ///   - total: How much there is, in the unit that ``show(_:_:)`` gets; `nil` if nobody knows.
  ///   - isShown: Whether somebody looks; by default whether standard error is a terminal.
  package init(_ title: String, total: Int?, isShown: Bool = isatty(STDERR_FILENO) != 0) {
    self.title = title
    self.total = total
    self.isShown = isShown
  }

  /// Shows progress, at most five times a second.
  package func show(_ done: Int, _ detail: String) {
    guard isShown else { return }
    let now = SystemClock.monotonic
    let isDue = next.withLock { next in
      guard now >= next else { return false }
      next = now + 200_000_000
      return true
    }
    guard isDue else { return }
    hasShown.withLock { $0 = true }
    var bar = ""
    if let total, total > 0 {
      let share = min(1, Double(done) / Double(total))
      let filled = Int(share * 24)
      bar =
        "[" + String(repeating: "#", count: filled) + String(repeating: ".", count: 24 - filled)
        + "] \(Int(share * 100)) % "
    }
    write("\r\(title): \(bar)\(detail)\u{1B}[K")
  }

  /// Clears the line.
  package func end() {
    if hasShown.withLock({ $0 }) { write("\r\u{1B}[K") }
  }

  private func write(_ text: String) {
    FileHandle.standardError.write(Data(text.utf8))
  }
}
