/// What a server has told of itself when a connection to it begins.
package struct SignalKServerKnowledge: Hashable, Sendable {
  /// New with each process of the server; older servers have none.
  package var startId: String?
  /// What the server says already about each path; `nil` if it was asked in vain.
  package var meta: [String: ServerMeta]?

  /// Nothing is known unless it is given; a server that says nothing of meta has none.
  package init(startId: String? = nil, meta: [String: ServerMeta]? = [:]) {
    self.startId = startId
    self.meta = meta
  }
}
