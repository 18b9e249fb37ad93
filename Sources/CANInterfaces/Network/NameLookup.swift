import CSocketCAN
import Glibc
import Synchronization

/// Looks up the addresses of a host on a thread of its own, because the C library's call waits as
/// long as the name servers please.
///
/// Nobody has to wait for the end: what is dropped ends by itself.
final class NameLookup: Sendable {
  private let answer = Mutex<Result<[SocketAddress], NameLookupFailure>?>(nil)
  private let signal: WakeSignal

  /// Readable when the addresses, or the failure, are there.
  var descriptor: CInt { signal.descriptor }

  /// What was found; `nil` as long as it is not known.
  var result: Result<[SocketAddress], NameLookupFailure>? { answer.withLock { $0 } }

  private init() throws(CallFailure) { signal = try WakeSignal() }

  /// Begins to look up a host.
  ///
  /// - Parameters:
  ///   - address: The host, empty for every address of this machine, and the port.
  ///   - isDatagram: Whether UDP is spoken; otherwise TCP.
  /// - Returns: The lookup under way.
  /// - Throws: If there is no thread or descriptor left for it.
  static func start(_ address: NetworkAddress, isDatagram: Bool) throws(CallFailure) -> NameLookup {
    let lookup = try NameLookup()
    try BackgroundThread.detach {
      let found = Self.addresses(address, isDatagram: isDatagram)
      lookup.answer.withLock { $0 = found }
      lookup.signal.raise()
    }
    return lookup
  }

  private static func addresses(
    _ address: NetworkAddress, isDatagram: Bool
  ) -> Result<[SocketAddress], NameLookupFailure> {
    var hints = unsafe addrinfo()
    unsafe hints.ai_family = AF_UNSPEC
    unsafe hints.ai_socktype = CInt((isDatagram ? SOCK_DGRAM : SOCK_STREAM).rawValue)
    unsafe hints.ai_flags = address.host.isEmpty ? AI_PASSIVE : 0
    var list: UnsafeMutablePointer<addrinfo>?
    let host: String? = address.host.isEmpty ? nil : address.host
    let code = unsafe getaddrinfo(host, "\(address.port)", &hints, &list)
    guard code == 0 else {
      return .failure(NameLookupFailure(reason: unsafe String(cString: gai_strerror(code))))
    }
    defer { unsafe freeaddrinfo(list) }
    var addresses: [SocketAddress] = []
    var next = unsafe list
    while let entry = unsafe next, addresses.count < 16 {
      let found = unsafe entry.pointee
      let bytes = unsafe UnsafeRawBufferPointer(start: found.ai_addr, count: Int(found.ai_addrlen))
      unsafe addresses.append(SocketAddress(family: found.ai_family, copying: bytes))
      unsafe next = found.ai_next
    }
    return .success(addresses)
  }
}

/// Why a host has no address, in the C library's words.
struct NameLookupFailure: Error, Hashable, Sendable {
  var reason: String
}
