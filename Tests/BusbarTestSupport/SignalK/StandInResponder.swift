import NIOCore
import NIOPosix

/// Answers every question by mDNS with servers on this machine, and with noise before.
package final class StandInResponder: Sendable {
  private let channel: any Channel

  /// Starts on a free port of 127.0.0.1.
  ///
  /// - Parameter ports: Of the servers, all of them on 127.0.0.1.
  /// - Throws: What the operating system says if there is no port.
  package init(announcing ports: [Int]) async throws {
    let datagrams = Self.noise + ports.map(Self.announcement)
    channel = try await DatagramBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(Answerer(datagrams: datagrams))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
  }

  /// Where it listens.
  package var port: Int { channel.localAddress?.port ?? 0 }

  /// Ends it.
  package func stop() async { try? await channel.close().get() }

  private static let noise: [[UInt8]] = [
    [], [0xFF], Array(repeating: 0xC0, count: 512),
    [0, 0, 0x84, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xC0, 12],
  ]

  /// A service, its place and its machine's address.
  private static func announcement(of port: Int) -> [UInt8] {
    let service = name(["_signalk-http", "_tcp", "local"])
    let instance = name(["Server \(port)", "_signalk-http", "_tcp", "local"])
    let host = name(["pi\(port)", "local"])
    let place = [0, 0, 0, 0, UInt8(port >> 8), UInt8(port & 0xFF)] + host
    return [0, 0, 0x84, 0, 0, 0, 0, 1, 0, 0, 0, 2] + record(service, 12, instance)
      + record(instance, 33, place) + record(host, 1, [127, 0, 0, 1])
  }

  private static func name(_ labels: [String]) -> [UInt8] {
    labels.flatMap { [UInt8($0.utf8.count)] + $0.utf8 } + [0]
  }

  private static func record(_ name: [UInt8], _ type: UInt8, _ data: [UInt8]) -> [UInt8] {
    name + [0, type, 0, 1, 0, 0, 0, 120, 0, UInt8(data.count)] + data
  }
}

private final class Answerer: ChannelInboundHandler {
  typealias InboundIn = AddressedEnvelope<ByteBuffer>
  typealias OutboundOut = AddressedEnvelope<ByteBuffer>

  private let datagrams: [[UInt8]]

  init(datagrams: [[UInt8]]) { self.datagrams = datagrams }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let asker = Self.unwrapInboundIn(data).remoteAddress
    for datagram in datagrams {
      let envelope = AddressedEnvelope(remoteAddress: asker, data: ByteBuffer(bytes: datagram))
      context.writeAndFlush(Self.wrapOutboundOut(envelope), promise: nil)
    }
  }
}
