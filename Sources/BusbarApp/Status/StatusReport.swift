import CANFrames
import CANInterfaces
package import Foundation
import Glibc

/// What the gateway answers to `busbar status`: one JSON object.
///
///     {"parts":[{"battery":"house","count":1044,"kind":"source","lag_seconds":0.1,…}],
///      "process":812,"since":"2026-11-23T02:00:00Z","time":"2026-11-23T02:10:00Z"}
package struct StatusReport: Hashable, Sendable, Codable {
  /// One source or destination.
  package struct Part: Hashable, Sendable, Codable {
    package var kind: PartStatus.Kind
    package var name: String
    package var battery: String
    package var state: PartStatus.State
    /// Since when the state is this one, as a date.
    package var since: String
    package var detail: String?
    package var lastError: String?
    package var lastErrorTime: String?
    /// Frames that came, or updates that were taken over.
    package var count: Int64
    package var lost: Int64
    /// How old the newest thing is that was counted; `nil` if there was none.
    package var lagSeconds: Double?
    /// What a destination tells of its server: its address, since when it is connected as a date,
    /// whether it keeps what it is sent (absent while unknown), deltas sent, how old the newest is,
    /// updates that were replaced before they could be sent, and connections.
    package var server: String?
    package var connectedSince: String?
    package var mayWrite: Bool?
    package var sent: Int64?
    package var lastSentSeconds: Double?
    package var missed: Int64?
    package var connections: Int64?
  }

  /// The gateway's process id.
  package var process: Int32
  /// When the gateway was started, as a date.
  package var since: String
  /// When this was said, as a date.
  package var time: String
  package var parts: [Part]

  /// Sums up the board.
  ///
  /// - Parameters:
  ///   - parts: What is on it.
  ///   - started: When the gateway was started, in nanoseconds since 1970.
  ///   - time: Now, in nanoseconds since 1970.
  package init(_ parts: [PartStatus], started: Int64, time: Int64) {
    process = getpid()
    since = UTCTime.text(started, .seconds)
    self.time = UTCTime.text(time, .seconds)
    self.parts = parts.map { part in
      Part(
        kind: part.kind, name: part.name, battery: part.battery, state: part.state,
        since: UTCTime.text(part.since, .seconds), detail: part.detail, lastError: part.lastError,
        lastErrorTime: part.lastErrorTime.map { UTCTime.text($0, .seconds) }, count: part.count,
        lost: part.lost,
        lagSeconds: part.lastCountTime.map { Self.tenths(time - $0) },
        server: part.publication?.server,
        connectedSince: part.publication?.connectedSince.map { UTCTime.text($0, .seconds) },
        mayWrite: part.publication?.mayWrite, sent: part.publication?.sent,
        lastSentSeconds: part.publication?.lastSent.map { Self.tenths(time - $0) },
        missed: part.publication?.missed, connections: part.publication?.connections)
    }
  }

  /// Nanoseconds in seconds with one decimal.
  private static func tenths(_ nanoseconds: Int64) -> Double {
    Double(max(0, nanoseconds) / 100_000_000) / 10
  }

  /// Reads what a gateway answered.
  package init(json: Data) throws {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    self = try decoder.decode(Self.self, from: json)
  }

  /// One line of JSON, without its end.
  package func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }
}
