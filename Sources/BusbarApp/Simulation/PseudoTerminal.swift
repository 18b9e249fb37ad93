import CANInterfaces
import Glibc

/// A pseudo-terminal: what is written at one end comes out at the other, as of a serial line.
package struct PseudoTerminal: ~Copyable {
  /// The path of the end that programs open, such as `/dev/pts/3`.
  package let path: String
  let descriptor: CInt
  /// The programs' end, held open so that one may close it and another open it.
  private let held: CInt

  /// Makes one, in raw mode.
  package init() throws(CallFailure) {
    let descriptor = posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw CallFailure(call: "posix_openpt", code: errno) }
    guard grantpt(descriptor) == 0, unlockpt(descriptor) == 0,
      let name = unsafe ptsname(descriptor)
    else {
      let failure = CallFailure(call: "unlockpt", code: errno)
      _ = close(descriptor)
      throw failure
    }
    path = unsafe String(cString: name)
    held = unsafe open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard held >= 0 else {
      let failure = CallFailure(call: "open", code: errno)
      _ = close(descriptor)
      throw failure
    }
    var mode = termios()
    _ = unsafe tcgetattr(held, &mode)
    unsafe cfmakeraw(&mode)
    _ = unsafe tcsetattr(held, TCSANOW, &mode)
    self.descriptor = descriptor
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
