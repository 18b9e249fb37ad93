/// How one part of the gateway is doing: a source, a destination or the recorder.
package struct PartStatus: Hashable, Sendable, Codable {
  package enum Kind: String, Hashable, Sendable, Codable {
    case source
    case destination
    case recorder
  }

  package enum State: String, Hashable, Sendable, Codable {
    /// It has not got anywhere yet.
    case starting
    case working
    /// It does not work now, and tries again.
    case failing
    /// It has done its work, or cannot ever do it.
    case ended
  }

  /// How a destination and its server get on.
  package struct Publication: Hashable, Sendable, Codable {
    /// The server's address, once it is known.
    package var server: String?
    /// Since when the present connection stands, in nanoseconds since 1970.
    package var connectedSince: Int64?
    /// Whether the server keeps what it is sent; `nil` while that is not known.
    package var mayWrite: Bool?
    /// Deltas that were handed to the network.
    package var sent: Int64
    /// When the last one was, in nanoseconds since 1970.
    package var lastSent: Int64?
    /// Updates that newer ones replaced before they could be sent, since the last connection.
    package var missed: Int64
    /// How many connections came about.
    package var connections: Int64
  }

  package var kind: Kind
  /// Such as `can0` or `ws://localhost:3000`.
  package var name: String
  /// The id of the battery that it is about.
  package var battery: String
  package var state = State.starting
  /// Since when the state is this one, in nanoseconds since 1970.
  package var since: Int64
  /// What there is to say about the state: the dialect, the reason of an outage.
  package var detail: String?
  /// The last trouble, also when it is over.
  package var lastError: String?
  /// When that was, in nanoseconds since 1970.
  package var lastErrorTime: Int64?
  /// Frames of a source; updates that a destination took.
  package var count: Int64 = 0
  /// Frames that a source lost, or the recorder could not keep.
  package var lost: Int64 = 0
  /// When something was last counted, in nanoseconds since 1970.
  package var lastCountTime: Int64?
  /// When it last showed that it does not hang, on the clock that progress is counted on; in the
  /// future while it rests on purpose.
  package var progress: Int64

  /// What a destination tells of its server; `nil` for other parts, and for one without a server.
  package var publication: Publication?

  package init(_ kind: Kind, name: String, battery: String, time: Int64, now: Int64) {
    self.kind = kind
    self.name = name
    self.battery = battery
    since = time
    progress = now
  }
}
