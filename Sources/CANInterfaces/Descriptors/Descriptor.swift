import Glibc

/// A file descriptor with exactly one owner.
///
/// It cannot be copied, so it cannot be closed twice or used after it was closed: both are
/// compile-time errors. Dropping it closes it. What is open here is only ever read from, so the
/// kernel has nothing to say on closing that anybody could act on.
struct Descriptor: ~Copyable, Sendable {
  let rawValue: CInt

  /// Takes ownership of what a system call returned.
  ///
  /// - Throws: What `errno` says, if the call returned a negative number.
  init(_ call: String, adopting rawValue: CInt) throws(CallFailure) {
    guard rawValue >= 0 else { throw .ofLast(call) }
    self.rawValue = rawValue
  }

  deinit { _ = close(rawValue) }
}
