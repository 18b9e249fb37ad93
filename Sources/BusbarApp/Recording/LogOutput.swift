import Glibc

/// Where a log is written: a file that is made anew, or standard output.
package struct LogOutput: ~Copyable {
  private let path: String?
  private let descriptor: CInt

  /// - Parameter path: Of the file; `nil` is standard output.
  /// - Throws: ``OutputError`` if the file cannot be made.
  package init(_ path: String?) throws(OutputError) {
    self.path = path
    guard let path else {
      descriptor = STDOUT_FILENO
      return
    }
    descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw .failed(reason: "\(path): \(SystemError.text(errno))") }
  }

  deinit { if path != nil { close(descriptor) } }

  /// Writes all of `log` and empties it.
  package borrowing func write(_ log: inout [UInt8]) throws(OutputError) {
    guard let path else { return try StandardOutput().flush(&log) }
    var written = 0
    while written < log.count {
      let count = unsafe log.withUnsafeBytes { bytes in
        unsafe Glibc.write(
          descriptor, bytes.baseAddress?.advanced(by: written), bytes.count - written)
      }
      if count >= 0 {
        written += count
      } else if errno != EINTR {
        throw .failed(reason: "\(path): \(SystemError.text(errno))")
      }
    }
    log.removeAll(keepingCapacity: true)
  }
}
