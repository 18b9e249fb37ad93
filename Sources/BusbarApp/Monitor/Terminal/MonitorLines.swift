import CANInterfaces
import Glibc

/// The monitor without a terminal to draw on: a line for each change, at most one a second.
struct MonitorLines {
  private static let interval: Int64 = 1_000_000_000

  private let reader: MonitorReader
  private let hasUnicode: Bool

  init(_ reader: MonitorReader, hasUnicode: Bool) {
    self.reader = reader
    self.hasUnicode = hasUnicode
  }

  /// Runs until the source ends or the program is told to.
  func run(_ wake: WakeSignal) throws {
    var last = ""
    var lastTime = Int64.min / 2
    while true {
      let (model, progress) = reader.look()
      let now = SystemClock.monotonic
      let shownAt = model.ended ?? SystemClock.sinceBoot
      var isLast = TerminalSignals.take().contains(.quit)
      if case .reading = progress {} else { isLast = true }
      if isLast || now - lastTime >= Self.interval {
        let text = StatusLine.text(model, now: shownAt, hasUnicode: hasUnicode)
        if text != last, !text.isEmpty {
          let time = StatusLine.time(model, now: shownAt)
          try write(time + text + "\n")
          last = text
          lastTime = now
        }
      }
      if isLast { return }
      _ = try MonitorSession.wait(-1, wake, milliseconds: 200)
    }
  }

  private func write(_ text: String) throws(OutputError) {
    var bytes = Array(text.utf8)
    try StandardOutput().flush(&bytes)
  }
}
