/// What a server has told of itself when a connection to it begins.
package struct SignalKServerKnowledge: Hashable, Sendable {
  /// New with each process of the server; older servers have none.
  package var startId: String?
  /// Which members of a path's meta the server has already, by the user's hand or ours.
  package var metaMembers: [String: Set<String>]

  /// Nothing is known unless it is given.
  package init(startId: String? = nil, metaMembers: [String: Set<String>] = [:]) {
    self.startId = startId
    self.metaMembers = metaMembers
  }
}
