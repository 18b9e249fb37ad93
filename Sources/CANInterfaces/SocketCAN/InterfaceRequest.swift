import CSocketCAN
import Glibc

/// Questions to the kernel about one interface, asked through any socket (`ifreq`).
struct InterfaceRequest {
  private let name: String

  /// Creates a request, or `nil` if no interface can have that name.
  init?(_ name: String) {
    guard (1..<Int(IFNAMSIZ)).contains(name.utf8.count) else { return nil }
    self.name = name
  }

  func index(by socket: CInt) -> CInt? {
    unsafe ask(SIOCGIFINDEX, socket).map { unsafe $0.ifr_ifru.ifru_ivalue }
  }

  func isUp(by socket: CInt) -> Bool? {
    unsafe ask(SIOCGIFFLAGS, socket).map { unsafe Int($0.ifr_ifru.ifru_flags) & IFF_UP != 0 }
  }

  /// One of the `ARPHRD_` numbers.
  func hardwareType(by socket: CInt) -> CInt? {
    unsafe ask(SIOCGIFHWADDR, socket).map { unsafe CInt($0.ifr_ifru.ifru_hwaddr.sa_family) }
  }

  private func ask(_ question: CInt, _ socket: CInt) -> ifreq? {
    var request = unsafe ifreq()
    unsafe withUnsafeMutableBytes(of: &request.ifr_ifrn.ifrn_name) { field in
      unsafe field.copyBytes(from: name.utf8)
    }
    guard unsafe ioctl(socket, UInt(question), &request) == 0 else { return nil }
    return unsafe request
  }
}
