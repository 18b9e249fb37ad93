import NIOCore

/// An open stream to a Signal K server.
///
/// The server acknowledges nothing, and it drops silently what it does not want.
package struct SignalKConnection: DeltaSink {
  let server: String
  /// What the server said of itself.
  package let hello: SignalKHello
  let channel: any Channel
  let ended: EventLoopFuture<SignalKError?>

  /// Sends one delta as one frame.
  ///
  /// It returns when the operating system has taken the frame over. A caller that waits for it
  /// before it makes the next delta queues nothing.
  ///
  /// - Throws: ``SignalKError`` if the connection has ended.
  package func send(_ delta: String) async throws(SignalKError) {
    do {
      try await channel.writeAndFlush(delta).get()
    } catch {
      // A failed write does not end a connection by itself.
      channel.close(promise: nil)
      throw await reasonOfEnd() ?? .connectionLost(server: server, reason: error.shortReason)
    }
  }

  /// Starts to close the connection in the orderly way, without waiting for the server's part.
  package func startClosing() {
    channel.triggerUserOutboundEvent(OrderlyClose(), promise: nil)
  }

  /// Calls `action` once, when the connection has ended; at once if it has ended already.
  package func whenEnded(_ action: @escaping @Sendable () -> Void) {
    ended.whenComplete { _ in action() }
  }

  /// Whether the connection has ended.
  var hasEnded: Bool { !channel.isActive }

  /// Waits for the connection's end, and says why it came; `nil` if we closed it ourselves.
  package func reasonOfEnd() async -> SignalKError? {
    do {
      return try await ended.get()
    } catch {
      return .connectionLost(server: server, reason: error.shortReason)
    }
  }
}
