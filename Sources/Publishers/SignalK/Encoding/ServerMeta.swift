/// What a server says already about one path, by its own schema, the user's hand, or ours.
package struct ServerMeta: Hashable, Sendable {
  /// The names of all members, also of those that are `null` because the user cleared them.
  package var members: Set<String>
  /// What stands in `description`.
  package var description: String?
  /// What stands in `units`.
  package var units: String?

  /// Takes over what the server says.
  package init(members: Set<String>, description: String? = nil, units: String? = nil) {
    self.members = members
    self.description = description
    self.units = units
  }
}
