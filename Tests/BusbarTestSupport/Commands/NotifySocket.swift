import Foundation
import Glibc

/// systemd's end of `$NOTIFY_SOCKET`: a Unix datagram socket that keeps what it is told.
package final class NotifySocket: Sendable {
  /// Every message, in order of arrival.
  package let messages = Watched<[String]>([])
  /// Where it is.
  package let path: String
  private let folder: TemporaryFolder

  private init(_ folder: TemporaryFolder) {
    self.folder = folder
    path = folder.url.appending(path: "notify").path()
  }

  /// Listens in a folder of its own, until nobody holds the object any more.
  package static func start() throws -> NotifySocket {
    let server = NotifySocket(try TemporaryFolder())
    let descriptor = socket(AF_UNIX, CInt(SOCK_DGRAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) {
      unsafe $0.copyBytes(from: server.path.utf8)
    }
    let status = unsafe withUnsafePointer(to: &address) { address in
      unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        unsafe bind(descriptor, address, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard descriptor >= 0, status == 0 else { throw POSIXError(.EADDRINUSE) }
    // A look twice a second whether the test has ended is enough.
    var patience = timeval(tv_sec: 0, tv_usec: 500_000)
    _ = unsafe setsockopt(
      descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    Thread.detachNewThread { [weak server] in
      var buffer = [UInt8](repeating: 0, count: 4096)
      while let messages = server?.messages {
        let count = unsafe recv(descriptor, &buffer, buffer.count, 0)
        guard count > 0 else { continue }
        messages.change { $0.append(String(decoding: buffer[..<count], as: UTF8.self)) }
      }
      close(descriptor)
    }
    return server
  }
}
