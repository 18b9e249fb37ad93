import Glibc

extension StopSignal {
  /// Whether the user has asked to stop, by the descriptor that ``install()`` returned.
  package static func isRaised(_ descriptor: CInt) -> Bool {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return unsafe poll(&request, 1, 0) > 0
  }
}
