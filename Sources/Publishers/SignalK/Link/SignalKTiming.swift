/// How patient we are with a server.
package struct SignalKTiming: Hashable, Sendable {
  /// For a connection up to the server's greeting, and for each REST request.
  package var connecting: Duration = .seconds(10)
  /// Between two pings.
  package var pinging: Duration = .seconds(15)
  /// Without a sign of life from the server, after which a connection counts as dead.
  package var silence: Duration = .seconds(45)
  /// For the server's part of closing a connection.
  package var closing: Duration = .seconds(1)
  /// Between two questions whether the administrator has let us in, at first; later six times that.
  package var polling: Duration = .seconds(5)
  /// Between two questions about what changes rarely, such as what we are allowed to do.
  package var rechecking: Duration = .seconds(60)
  /// For answers to a question by mDNS.
  package var searching: Duration = .seconds(3)
  /// After the first values, before one is read back to see whether the server keeps them.
  package var readingBack: Duration = .seconds(5)

  /// The times that suit a real server.
  package init() {}
}

extension Duration {
  var nanoseconds: Int64 {
    components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000
  }

  var seconds: Double { Double(nanoseconds) / 1e9 }
}
