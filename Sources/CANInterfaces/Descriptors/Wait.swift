import CSocketCAN
import Glibc

/// Waits for a descriptor, and for the word to stop.
enum Wait {
  enum Outcome: Hashable, Sendable {
    /// The descriptor can be read, has ended, or has an error to tell.
    case ready
    /// The stop descriptor became readable, was hung up or was closed.
    case stopped
    case timedOut
  }

  /// Waits until `descriptor` is ready, or `stop` is, or the deadline passes.
  ///
  /// An interrupting signal is no outcome: the stop descriptor is looked at and waiting goes on.
  ///
  /// - Parameters:
  ///   - descriptor: What to wait for; -1 for nothing.
  ///   - stop: What ends the wait, and wins if both are ready; -1 for nothing.
  static func until(
    _ descriptor: CInt, isReadyOr stop: CInt, before deadline: Deadline
  ) throws(CallFailure) -> Outcome {
    var entries: [2 of pollfd] = [
      pollfd(fd: stop, events: Int16(POLLIN), revents: 0),
      pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
    ]
    while true {
      switch poll(&entries, nanoseconds: deadline.remaining(at: SystemClock.monotonic)) {
      case 0: return .timedOut
      case 1...: return entries[0].revents == 0 ? .ready : .stopped
      default: if errno != EINTR { throw .ofLast("ppoll") }
      }
    }
  }

  /// Whether the word to stop has come.
  static func isStopped(_ stop: CInt) throws(CallFailure) -> Bool {
    guard stop >= 0 else { return false }
    return try until(-1, isReadyOr: stop, before: Deadline(milliseconds: 0)) == .stopped
  }

  /// `ppoll`, because `poll` rounds to milliseconds, too coarse for a replay at speed.
  private static func poll(_ entries: inout [2 of pollfd], nanoseconds: Int64?) -> CInt {
    var list = entries.mutableSpan
    return unsafe list.withUnsafeMutableBufferPointer { list in
      guard let nanoseconds else {
        return unsafe ppoll(list.baseAddress, nfds_t(list.count), nil, nil)
      }
      var timeout = timespec(
        tv_sec: time_t(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
      return unsafe ppoll(list.baseAddress, nfds_t(list.count), &timeout, nil)
    }
  }
}
