import Foundation
import Glibc

/// A server on a port of this machine that behaves like a model; one connection at a time.
package final class NetworkPeer<Model: AdapterModel>: Sendable {
  package let peer: AdapterPeer<Model>
  package let port: UInt16
  private let listener: CInt

  package init(_ model: Model) throws {
    let peer = AdapterPeer(model)
    let listener = socket(AF_INET, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
    self.peer = peer
    self.listener = listener
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isListening = unsafe withUnsafeMutablePointer(to: &address) { address in
      unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        unsafe bind(listener, address, size) == 0 && listen(listener, 4) == 0
          && getsockname(listener, address, &size) == 0
      }
    }
    guard isListening else { throw POSIXError(POSIXError.Code(rawValue: errno) ?? .EIO) }
    port = UInt16(bigEndian: address.sin_port)
    Thread.detachNewThread {
      while true {
        let connection = accept(listener, nil, nil)
        guard connection >= 0 else { return }
        peer.serve(connection)
      }
    }
  }

  /// Ends the present connection; a new one can be made.
  package func disconnect() { peer.hangUp() }

  deinit {
    peer.hangUp()
    shutdown(listener, CInt(SHUT_RDWR))
    close(listener)
  }
}
