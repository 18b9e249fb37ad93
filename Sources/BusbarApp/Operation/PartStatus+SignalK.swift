import Publishers

extension PartStatus {
  /// Takes over what a publisher says of itself: the one truth about a destination with a server.
  mutating func take(_ status: SignalKStatus) {
    switch status.phase {
    case .connecting: (state, detail) = (.starting, nil)
    case .waiting: (state, detail) = (.failing, status.advice)
    case .connected(let warning?): (state, detail) = (.failing, warning)
    case .connected(nil): (state, detail) = (.working, status.server.map { "connected to \($0)" })
    case .listening(let clients):
      (state, detail) = (.working, clients == 1 ? "1 client" : "\(clients) clients")
    case .away(let reason): (state, detail) = (.failing, reason)
    case .ended: state = .ended
    }
    since = status.awaySince ?? status.since
    lastError = status.lastError
    lastErrorTime = status.lastErrorTime
    publication = Publication(
      server: status.server, connectedSince: status.connectedSince, mayWrite: status.mayWrite,
      sent: Int64(status.deltas), lastSent: status.lastDelta, missed: Int64(status.missedUpdates),
      connections: Int64(status.connections))
  }
}
