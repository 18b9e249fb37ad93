import Glibc

/// Decides when an interface went away and what its return takes, without a socket or a clock.
///
/// The socket says that something happened; a look at the interface says what. A socket whose
/// interface went down works again when it is up. One whose interface was deleted is dead, even if
/// a new interface of the same name is there at once.
package struct InterfaceWatch: Hashable, Sendable {
  /// What the caller should do now.
  package enum Action: Hashable, Sendable {
    case keepWaiting
    /// Announce that the interface is up; the socket works again.
    case resume
    /// Bind a new socket to this interface, then call ``InterfaceWatch/rebound(to:)``.
    case rebind(NetworkInterface)
  }

  package private(set) var link: InterfaceLink = .up
  private var index: CInt
  private var isSocketDead = false

  /// Creates a watch for a socket that is bound to the interface with this index.
  package init(index: CInt) { self.index = index }

  /// Whether an error of the socket's is about its interface and not a failure of reading.
  package static func isOutage(_ code: CInt) -> Bool {
    [ENETDOWN, ENODEV, ENXIO].contains(code)
  }

  /// Call when reading failed in a way that ``isOutage(_:)`` knows.
  package mutating func socketFailed(_ code: CInt) {
    if link == .up { link = .down }
    if code != ENETDOWN { isSocketDead = true }
  }

  /// Call during an outage with the interface of that name, `nil` if there is none.
  package mutating func looked(at interface: NetworkInterface?) -> Action {
    guard let interface else {
      link = .gone
      isSocketDead = true
      return .keepWaiting
    }
    if interface.index != index { isSocketDead = true }
    guard interface.isUp else {
      link = .down
      return .keepWaiting
    }
    if isSocketDead { return .rebind(interface) }
    link = .up
    return .resume
  }

  /// Call when a new socket is bound.
  package mutating func rebound(to interface: NetworkInterface) {
    self = Self(index: interface.index)
  }
}

/// How an interface is doing.
package enum InterfaceLink: Hashable, Sendable {
  case up
  /// It exists, and somebody took it down.
  case down
  /// It does not exist: its adapter was unplugged, or somebody deleted it.
  case gone
}
