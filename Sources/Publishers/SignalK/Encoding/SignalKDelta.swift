import Foundation

/// One message to a Signal K server.
///
///     {"updates":[{"$source":"busbar.house","timestamp":"2026-11-22T10:00:01.000Z",
///       "values":[{"path":"electrical.batteries.house.voltage","value":13.28}]}]}
///
/// There is no `context`: without one the server takes the delta for its own vessel.
struct SignalKDelta: Hashable, Sendable, Encodable {
  /// A path and what is said about it.
  struct Entry<Content: Encodable & Hashable & Sendable>: Hashable, Sendable, Encodable {
    var path: String
    var value: Content
  }

  /// Statements of one moment.
  struct Update: Hashable, Sendable, Encodable {
    var source: String
    /// `nil` leaves it to the server to say when the delta came.
    var timestamp: String?
    var meta: [Entry<SignalKMeta>]?
    var values: [Entry<SignalKValue>]?

    private enum CodingKeys: String, CodingKey {
      case source = "$source"
      case timestamp
      case meta
      case values
    }
  }

  var updates: [Update]

  /// The message as one line of JSON.
  var json: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      return String(decoding: try encoder.encode(self), as: UTF8.self)
    } catch {
      preconditionFailure("a delta of texts and finite numbers is always JSON: \(error)")
    }
  }
}

/// What displays are told about a path beside its values.
struct SignalKMeta: Hashable, Sendable, Encodable {
  /// Demanded by the schema in every meta.
  var description: String
  /// Signal K's unit; `nil` for values without one.
  var units: String?
  /// The title of a gauge, such as `House battery voltage`.
  var displayName: String?
  /// After how many seconds without a value the path counts as stale.
  var timeout: Double?
  /// What a gauge should show.
  var displayScale: SignalKDisplayScale?

  /// The meta that is right to send to a server, or `nil` if it lacks nothing.
  ///
  /// The last writer wins, and what users edit in the server is loaded before we connect: their
  /// names, texts and timeouts are left alone, while the unit of our numbers is ours. What the
  /// server says in `description` is said again, since the schema demands one in every meta.
  ///
  /// - Parameter server: What the server says already about the path; `nil` for nothing.
  /// - Returns: What is left to say.
  func lacking(in server: ServerMeta?) -> Self? {
    guard let server else { return self }
    var meta = self
    if server.members.contains("displayName") { meta.displayName = nil }
    if server.members.contains("timeout") { meta.timeout = nil }
    if server.members.contains("displayScale") { meta.displayScale = nil }
    if server.units == units { meta.units = nil }
    if let text = server.description, text != Self.placeholder { meta.description = text }
    let hasDescription =
      server.members.contains("description") && server.description != Self.placeholder
    let isComplete =
      meta.displayName == nil && meta.timeout == nil && meta.units == nil
      && meta.displayScale == nil
    return isComplete && hasDescription ? nil : meta
  }

  /// What is right for a server that did not tell what it knows: nothing that a user edits.
  var essentials: Self { Self(description: description, units: units) }

  /// What servers say about the paths for which their schema has no words.
  private static let placeholder = "Data should be of type number."
}
