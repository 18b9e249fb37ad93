import NIOConcurrencyHelpers
import NIOCore
import NIOPosix

/// Where questions by mDNS go.
package enum MDNSTarget: Hashable, Sendable {
  /// To everybody on every network of this machine.
  case multicast
  /// To one machine, by UDP; for tests.
  case unicast(host: String, port: Int)
}

/// Asks the networks for Signal K servers: one question, twice, and whatever answers in time.
///
/// It is the one-shot query of RFC 6762, section 5.1: from a port of its own, so that it gets on
/// with an Avahi that listens on the usual one and needs none.
struct MDNSBrowser: Sendable {
  let target: MDNSTarget
  let timing: SignalKTiming

  private static let group = try? SocketAddress(ipAddress: "224.0.0.251", port: 5353)
  private static let mostDatagrams = 256
  private static let steps = 6

  /// The servers' web addresses; empty if nobody answers.
  func signalKServers() async -> [SignalKEndpoint] {
    let census = NIOLockedValueBox(ServiceCensus())
    let channels = await open(feeding: census)
    for step in 0..<Self.steps where !channels.isEmpty && !Task.isCancelled {
      if step % 2 == 0 { ask(census.withLockedValue(\.query), on: channels) }
      try? await Task.sleep(for: timing.searching / Self.steps)
      // Those who are slower than half the time are not waited for if others are there.
      if step >= Self.steps / 2, !census.withLockedValue(\.servers).isEmpty { break }
    }
    for channel in channels { try? await channel.channel.close().get() }
    return census.withLockedValue(\.servers)
  }

  private typealias Voice = (channel: any Channel, target: SocketAddress)

  private func ask(_ query: [UInt8], on voices: [Voice]) {
    for voice in voices {
      let envelope = AddressedEnvelope(remoteAddress: voice.target, data: ByteBuffer(bytes: query))
      voice.channel.writeAndFlush(envelope, promise: nil)
    }
  }

  private func open(feeding census: NIOLockedValueBox<ServiceCensus>) async -> [Voice] {
    var voices: [Voice] = []
    switch target {
    case .unicast(let host, let port):
      if let address = try? SocketAddress(ipAddress: host, port: port),
        let channel = try? await bind(to: "0.0.0.0", feeding: census)
      {
        voices.append((channel, address))
      }
    case .multicast:
      for address in Self.ownAddresses {
        guard let group = Self.group, let channel = try? await bind(to: address, feeding: census)
        else { continue }
        voices.append((channel, group))
      }
    }
    return voices
  }

  private func bind(
    to address: String, feeding census: NIOLockedValueBox<ServiceCensus>
  ) async throws -> any Channel {
    let channel = try await DatagramBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(
            Ear(census: census, mostDatagrams: Self.mostDatagrams))
        }
      }
      .bind(host: address, port: 0).get()
    if case .v4(let own) = channel.localAddress, own.address.sin_addr.s_addr != 0,
      let options = channel as? any SocketOptionProvider
    {
      try await options.setIPMulticastIF(own.address.sin_addr).get()
      // The answers of a network's machines come from one hop away; RFC 6762, section 11.
      try await options.setIPMulticastTTL(255).get()
    }
    return channel
  }

  /// This machine's IPv4 addresses on networks where one can speak to everybody.
  private static var ownAddresses: [String] {
    let devices = (try? System.enumerateDevices()) ?? []
    return Array(
      Set(
        devices.compactMap { device in
          guard device.multicastSupported, case .v4 = device.address else { return nil }
          return device.address?.ipAddress
        })
    ).sorted()
  }
}

/// Gives what arrives to a census.
private final class Ear: ChannelInboundHandler {
  typealias InboundIn = AddressedEnvelope<ByteBuffer>

  private let census: NIOLockedValueBox<ServiceCensus>
  private var remaining: Int

  init(census: NIOLockedValueBox<ServiceCensus>, mostDatagrams: Int) {
    self.census = census
    remaining = mostDatagrams
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard remaining > 0 else { return }
    remaining -= 1
    let datagram = Array(buffer: Self.unwrapInboundIn(data).data)
    census.withLockedValue { $0.take(datagram) }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {}
}
