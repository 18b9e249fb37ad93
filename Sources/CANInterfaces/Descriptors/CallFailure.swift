import Glibc

/// What a failed system call left behind.
package struct CallFailure: Error, Hashable, Sendable {
  /// The call that failed, such as `open`.
  package var call: String
  /// The `errno` it left.
  package var code: CInt

  package init(call: String, code: CInt) {
    self.call = call
    self.code = code
  }

  /// The failure of a call that was made just now: reads `errno`.
  static func ofLast(_ call: String) -> Self { Self(call: call, code: errno) }
}

extension CallFailure: CustomStringConvertible {
  /// The call, the kernel's words and its number, such as `read: Input/output error (errno 5)`.
  package var description: String {
    let reason = unsafe strerror(code).map { unsafe String(cString: $0) } ?? "unknown error"
    return "\(call): \(reason) (errno \(code))"
  }
}
