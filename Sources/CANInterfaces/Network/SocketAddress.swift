import CSocketCAN
import Glibc

/// Where a socket connects to or is bound: what the kernel calls a `sockaddr`, of any family.
struct SocketAddress: Hashable, Sendable {
  let family: CInt
  private let bytes: [UInt8]

  /// Copies an address that the C library or the kernel wrote.
  init(family: CInt, copying bytes: UnsafeRawBufferPointer) {
    self.family = family
    self.bytes = unsafe Array(bytes)
  }

  /// Hands the address to a system call.
  func withPointer<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
    var storage = sockaddr_storage()
    unsafe withUnsafeMutableBytes(of: &storage) { unsafe $0.copyBytes(from: bytes) }
    return unsafe withUnsafePointer(to: &storage) { storage in
      unsafe storage.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        unsafe body(address, socklen_t(bytes.count))
      }
    }
  }
}
