import Glibc

/// Waiting that the stop descriptor ends.
enum Stopping {
  /// Waits until a time on the monotonic clock.
  ///
  /// - Parameters:
  ///   - stop: The descriptor that ends the wait when it becomes readable; -1 for none.
  ///   - nanoseconds: How long at most; negative is not at all.
  ///   - descriptor: One more descriptor to wait for; -1 for none.
  /// - Returns: Whether the stop descriptor became readable.
  static func wait(_ stop: CInt, nanoseconds: Int64, or descriptor: CInt = -1) -> Bool {
    var entries: [2 of pollfd] = [
      pollfd(fd: stop, events: Int16(POLLIN), revents: 0),
      pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
    ]
    let milliseconds = CInt(clamping: (max(0, nanoseconds) + 999_999) / 1_000_000)
    var list = entries.mutableSpan
    let count = unsafe list.withUnsafeMutableBufferPointer { list in
      unsafe poll(list.baseAddress, nfds_t(list.count), milliseconds)
    }
    return count > 0 && entries[0].revents != 0
  }
}
