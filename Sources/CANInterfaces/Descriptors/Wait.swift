import Glibc

/// Waits for a descriptor, and for the word to stop.
enum Wait {
  enum Outcome: Hashable, Sendable {
    /// The descriptor can be read or written, has ended, or has an error to tell.
    case ready
    /// The stop descriptor became readable, was hung up or was closed.
    case stopped
    case timedOut
  }

  /// What a descriptor should be ready for.
  enum Purpose: Hashable, Sendable {
    case reading
    case writing
  }

  /// Waits until `descriptor` is ready, or `stop` is, or the deadline passes.
  ///
  /// An interrupting signal is no outcome: the stop descriptor is looked at and waiting goes on.
  ///
  /// - Parameters:
  ///   - descriptor: What to wait for; -1 for nothing.
  ///   - purpose: Whether it is to be read or written.
  ///   - stop: What ends the wait, and wins if both are ready; -1 for nothing.
  ///   - deadline: When to give up.
  /// - Returns: What happened first.
  /// - Throws: What `poll` reports, which only a mistake of ours can cause.
  static func until(
    _ descriptor: CInt, for purpose: Purpose = .reading, isReadyOr stop: CInt,
    before deadline: Deadline
  ) throws(CallFailure) -> Outcome {
    var entries: [2 of pollfd] = [
      pollfd(fd: stop, events: Int16(POLLIN), revents: 0),
      pollfd(
        fd: descriptor, events: Int16(purpose == .reading ? POLLIN : POLLOUT), revents: 0),
    ]
    while true {
      switch poll(&entries, milliseconds: deadline.milliseconds(at: SystemClock.monotonic)) {
      case 0: return .timedOut
      case 1...: return entries[0].revents == 0 ? .ready : .stopped
      default: if errno != EINTR { throw .ofLast("poll") }
      }
    }
  }

  private static func poll(_ entries: inout [2 of pollfd], milliseconds: CInt) -> CInt {
    var list = entries.mutableSpan
    return unsafe list.withUnsafeMutableBufferPointer { list in
      unsafe Glibc.poll(list.baseAddress, nfds_t(list.count), milliseconds)
    }
  }
}
