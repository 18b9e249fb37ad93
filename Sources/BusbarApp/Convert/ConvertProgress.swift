import CANInterfaces
import Glibc

/// How far a long conversion is, on one line of a terminal that is written over.
struct ConvertProgress {
  /// Nothing is shown before this time, in nanoseconds, and then this often.
  private static let interval: Int64 = 500_000_000

  private let isShown: Bool
  private let start = SystemClock.monotonic
  private var next: Int64
  private var hasLine = false

  /// - Parameter isWanted: Whether it may be shown, if standard error is a terminal.
  init(isWanted: Bool) {
    isShown = isWanted && isatty(STDERR_FILENO) != 0
    next = start + Self.interval
  }

  /// Tells how far it is; cheap between two lines.
  ///
  /// - Parameters:
  ///   - frames: How many frames were read.
  ///   - share: How much of the input was read, from 0 to 1; `nil` if that is not known.
  mutating func tell(frames: Int, share: Double?) {
    guard isShown else { return }
    let now = SystemClock.monotonic
    guard now >= next else { return }
    next = now + Self.interval
    hasLine = true
    let rate = Double(frames) / (Double(now - start) / 1e9) / 1e6
    let percent = share.map { "\(Int($0 * 100)) %, " } ?? ""
    let tenths = Int(rate * 10)
    show("\r  \(percent)\(frames) frames, \(tenths / 10).\(tenths % 10) million a second   ")
  }

  /// Takes the line away.
  mutating func end() {
    guard hasLine else { return }
    hasLine = false
    show("\r\u{1B}[K")
  }

  private func show(_ text: String) {
    let bytes = Array(text.utf8)
    _ = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}
