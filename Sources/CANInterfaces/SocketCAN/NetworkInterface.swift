import CSocketCAN
import Glibc

/// A network interface as the kernel describes it at one moment.
package struct NetworkInterface: Hashable, Sendable {
  package var name: String
  /// The kernel's number for it; an interface that is deleted and made again gets another.
  package var index: CInt
  /// Whether it has been brought up (`IFF_UP`).
  package var isUp: Bool
  /// Whether it is a CAN interface (`ARPHRD_CAN`).
  package var isCAN: Bool

  package init(name: String, index: CInt, isUp: Bool, isCAN: Bool) {
    self.name = name
    self.index = index
    self.isUp = isUp
    self.isCAN = isCAN
  }

  /// The interface of that name, or `nil` if there is none now.
  ///
  /// - Throws: If the kernel cannot be asked.
  package static func named(_ name: String) throws(CallFailure) -> Self? {
    let socket = try Descriptor(
      "socket", adopting: Glibc.socket(AF_UNIX, CInt(SOCK_DGRAM.rawValue) | socketFlags, 0))
    guard let request = InterfaceRequest(name), let index = request.index(by: socket.rawValue),
      let isUp = request.isUp(by: socket.rawValue),
      let hardware = request.hardwareType(by: socket.rawValue)
    else { return nil }
    return Self(name: name, index: index, isUp: isUp, isCAN: hardware == ARPHRD_CAN)
  }

  /// Every interface there is now, by name.
  package static func all() -> [Self] {
    guard let list = unsafe if_nameindex() else { return [] }
    defer { unsafe if_freenameindex(list) }
    var found: [Self] = []
    var entry = unsafe list
    while let name = unsafe entry.pointee.if_name {
      if let interface = try? named(unsafe String(cString: name)) { found.append(interface) }
      unsafe entry += 1
    }
    return found.sorted { $0.name < $1.name }
  }

  /// The names of the CAN interfaces, for messages.
  static func canNames() -> [String] { all().filter(\.isCAN).map(\.name) }

  private static let socketFlags = CInt(SOCK_CLOEXEC.rawValue)
}
