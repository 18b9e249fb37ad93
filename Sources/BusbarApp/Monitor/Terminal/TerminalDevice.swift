import CSocketCAN
import Glibc

/// The terminal was closed, or its ssh connection died: there is nobody left to show anything to.
struct TerminalGone: Error {}

/// A terminal that is drawn on, and that is left as it was found.
struct TerminalDevice: ~Copyable {
  /// What keys are read from.
  let keyboard: CInt
  private let ownsKeyboard: Bool
  private let original: termios
  private var isTaken = false

  /// The terminal on standard output with its keyboard; `nil` if there is none.
  ///
  /// - Parameter isInputFree: Whether standard input is not read as a log; where it is, or is no
  ///   terminal, the keys come from the controlling terminal.
  /// - Returns: The terminal, not taken over yet.
  static func find(isInputFree: Bool) -> TerminalDevice? {
    guard isatty(STDOUT_FILENO) == 1 else { return nil }
    let isOwn = !(isInputFree && isatty(STDIN_FILENO) == 1)
    let keyboard = isOwn ? unsafe open("/dev/tty", O_RDONLY | O_CLOEXEC) : STDIN_FILENO
    guard keyboard >= 0 else { return nil }
    var settings = termios()
    guard unsafe tcgetattr(keyboard, &settings) == 0 else {
      if isOwn { _ = close(keyboard) }
      return nil
    }
    return TerminalDevice(keyboard: keyboard, ownsKeyboard: isOwn, original: settings)
  }

  private init(keyboard: CInt, ownsKeyboard: Bool, original: termios) {
    self.keyboard = keyboard
    self.ownsKeyboard = ownsKeyboard
    self.original = original
  }

  deinit {
    if isTaken { Self.release(keyboard, original) }
    if ownsKeyboard { _ = close(keyboard) }
  }

  /// Keys come at once and are not echoed; the other screen is shown.
  mutating func take() throws(TerminalGone) {
    setRaw()
    guard !isTaken else { return }
    isTaken = true
    try write(Array(ScreenWriter.enter.utf8))
  }

  /// Everything as it was before ``take()``.
  mutating func release() {
    guard isTaken else { return }
    isTaken = false
    Self.release(keyboard, original)
  }

  private static func release(_ keyboard: CInt, _ original: termios) {
    // A terminal that is gone refuses both, and then there is nothing to put right.
    try? write(Array(ScreenWriter.leave.utf8))
    var settings = original
    _ = unsafe tcsetattr(keyboard, TCSANOW, &settings)
  }

  private func setRaw() {
    var settings = original
    // Ctrl-C and Ctrl-Z stay signals.
    settings.c_lflag &= ~tcflag_t(ICANON | ECHO)
    unsafe withUnsafeMutableBytes(of: &settings.c_cc) { characters in
      unsafe characters[Int(VMIN)] = 0
      unsafe characters[Int(VTIME)] = 0
    }
    _ = unsafe tcsetattr(keyboard, TCSANOW, &settings)
  }

  /// Columns and rows; 80 by 24 where the terminal does not say.
  var size: (columns: Int, rows: Int) {
    var size = winsize()
    guard unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0,
      size.ws_row > 0
    else { return (80, 24) }
    return (min(500, Int(size.ws_col)), min(300, Int(size.ws_row)))
  }

  func write(_ bytes: [UInt8]) throws(TerminalGone) { try Self.write(bytes) }

  /// Writes everything, unless the program is told to end meanwhile.
  private static func write(_ bytes: [UInt8]) throws(TerminalGone) {
    do throws(WriteFailure) {
      try WholeWrite.toStandardOutput(
        bytes, askingEvery: 200, isGivenUp: { TerminalSignals.isQuitPending })
    } catch {
      throw TerminalGone()
    }
  }

  /// The keys that were pressed; does not wait.
  func readKeys() throws(TerminalGone) -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: 256)
    let count = unsafe buffer.withUnsafeMutableBytes { buffer in
      unsafe Glibc.read(keyboard, buffer.baseAddress, buffer.count)
    }
    if count < 0, errno != EINTR, errno != EAGAIN { throw TerminalGone() }
    return count > 0 ? Array(buffer.prefix(count)) : []
  }
}
