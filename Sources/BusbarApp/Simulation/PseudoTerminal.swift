package import CANInterfaces
import CSocketCAN
import Glibc

/// A pseudo-terminal: what is written at one end comes out at the other, as of a serial line.
package struct PseudoTerminal: ~Copyable {
  /// The path of the end that programs open, such as `/dev/pts/3`.
  package let path: String
  let descriptor: CInt
  /// The programs' end, held open so that one may close it and another open it.
  private let held: CInt

  /// `TIOCSPTLCK` and `TIOCGPTN` of Linux, which Glibc's module leaves out.
  private static let setLock: UInt = 0x4004_5431
  private static let getNumber: UInt = 0x8004_5430

  /// Makes one, in raw mode.
  package init() throws(CallFailure) { (descriptor, held, path) = try Self.make() }

  private static func make() throws(CallFailure) -> (CInt, CInt, String) {
    let flags = O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC
    let descriptor = unsafe open("/dev/ptmx", flags)
    guard descriptor >= 0 else { throw CallFailure(call: "open", code: errno) }
    var lock: CInt = 0
    var number: CInt = 0
    var held: CInt = -1
    if unsafe ioctl(descriptor, setLock, &lock) == 0,
      unsafe ioctl(descriptor, getNumber, &number) == 0
    {
      held = unsafe open("/dev/pts/\(number)", O_RDWR | O_NOCTTY | O_CLOEXEC)
    }
    guard held >= 0 else {
      let failure = CallFailure(call: "open", code: errno)
      _ = close(descriptor)
      throw failure
    }
    var mode = termios()
    _ = unsafe tcgetattr(held, &mode)
    unsafe cfmakeraw(&mode)
    _ = unsafe tcsetattr(held, TCSANOW, &mode)
    return (descriptor, held, "/dev/pts/\(number)")
  }

  deinit {
    _ = close(held)
    _ = close(descriptor)
  }

  /// What a program wrote; empty if nothing.
  func read() -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = unsafe buffer.withUnsafeMutableBytes { buffer in
      unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
    }
    return Array(buffer.prefix(max(0, count)))
  }

  /// Writes to the program; what nobody takes is dropped, as a serial adapter does.
  ///
  /// - Returns: Whether all of it was taken.
  func write(_ bytes: [UInt8]) -> Bool {
    let count = unsafe bytes.withUnsafeBytes { bytes in
      unsafe Glibc.write(descriptor, bytes.baseAddress, bytes.count)
    }
    return count == bytes.count
  }
}
