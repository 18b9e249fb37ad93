import Glibc

/// Writes bytes to standard output until all are written.
enum WholeWrite {
  /// Writes all of `bytes`.
  ///
  /// A terminal that somebody made non-blocking is waited for.
  ///
  /// - Parameters:
  ///   - bytes: What to write.
  ///   - milliseconds: How often `isGivenUp` is asked while the reader takes nothing.
  ///   - isGivenUp: Whether to stop although not everything is written; asked when a call was
  ///     interrupted or has to wait.
  /// - Throws: What the kernel said.
  static func toStandardOutput(
    _ bytes: [UInt8], askingEvery milliseconds: CInt = 1000, isGivenUp: () -> Bool = { false }
  ) throws(WriteFailure) {
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { bytes in
        unsafe write(
          STDOUT_FILENO, bytes.baseAddress?.advanced(by: written), bytes.count - written)
      }
      if count >= 0 {
        written += count
        continue
      }
      let code = errno
      if code == EAGAIN {
        var request = pollfd(fd: STDOUT_FILENO, events: Int16(POLLOUT), revents: 0)
        _ = unsafe poll(&request, 1, milliseconds)
      } else if code != EINTR {
        throw WriteFailure(code: code)
      }
      if isGivenUp() { throw WriteFailure(code: code) }
    }
  }
}

/// Why bytes were not written: the kernel's number for it.
struct WriteFailure: Error, Hashable, Sendable {
  var code: CInt
}
