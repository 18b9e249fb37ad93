import Glibc

/// Standard output went away: the reader of a pipe has enough, or the disk is full.
package enum OutputError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Nobody reads any more, as after `busbar … | head`; a reason to end, not a fault.
  case closed
  case failed(reason: String)

  package var description: String {
    switch self {
    case .closed: "standard output was closed"
    case .failed(let reason): "cannot write to standard output: \(reason)"
    }
  }
}

/// Writes to standard output in large pieces.
package struct StandardOutput {
  /// Text is collected up to this size before it is written.
  package static let bufferSize = 65_536

  package init() {}

  /// Writes all of `text` and empties it.
  package func flush(_ text: inout [UInt8]) throws(OutputError) {
    do throws(WriteFailure) {
      try WholeWrite.toStandardOutput(text)
    } catch {
      throw error.code == EPIPE ? .closed : .failed(reason: SystemError.text(error.code))
    }
    text.removeAll(keepingCapacity: true)
  }
}

/// Words for the kernel's error numbers.
enum SystemError {
  static func text(_ code: CInt) -> String {
    unsafe strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)"
  }
}
