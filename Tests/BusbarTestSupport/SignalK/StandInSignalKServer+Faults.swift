import Glibc
import NIOCore
import NIOWebSocket

/// A frame that servers send and that is no use to a client, or worse.
package enum StandInOddFrame: Hashable, Sendable, CaseIterable {
  /// A JSON string that is no valid JSON inside, as before a server throws a client out.
  case securityText
  /// What the server's library says before it closes.
  case primusClose
  /// What it says when a client reads too slowly.
  case errorMessage
  /// Not JSON at all.
  case notJSON
  /// JSON, and not an object.
  case array
  /// JSON in a binary frame.
  case binaryDelta
  /// A delta with members that no specification knows.
  case timedOutDelta
  /// Nothing.
  case empty
  /// Bytes that are no text.
  case notUTF8

  var text: String {
    switch self {
    case .securityText: #""{message: \"Connection disconnected by security constraint\"}""#
    case .primusClose: #""primus::server::close""#
    case .errorMessage:
      #"{"errorMessage":"Server outgoing buffer overflow, terminating connection"}"#
    case .notJSON: "{{{"
    case .array: "[1,2,3]"
    case .binaryDelta: #"{"updates":[]}"#
    case .timedOutDelta:
      #"{"updates":[{"values":[{"path":"a.b.c","value":null,"state":{"timedOut":true}}]}]}"#
    case .empty, .notUTF8: ""
    }
  }
}

extension StandInSignalKServer {
  private var channels: [any Channel] { state.value.sockets.values.map(\.channel) }

  /// Says something odd to every client.
  package func say(_ oddity: StandInOddFrame) {
    for channel in channels {
      if oddity == .notUTF8 {
        let frame = WebSocketFrame(
          fin: true, opcode: .text, data: ByteBuffer(bytes: [0xFF, 0xFE, 0x80]))
        channel.writeAndFlush(frame, promise: nil)
      } else {
        send(oddity.text, as: oddity == .binaryDelta ? .binary : .text, to: channel)
      }
    }
  }

  /// Sends every client one text in several frames, with a ping between them.
  package func sendInPieces(_ pieces: [String]) {
    for channel in channels {
      for (index, piece) in pieces.enumerated() {
        send(
          piece, as: index == 0 ? .text : .continuation, isLast: index == pieces.count - 1,
          to: channel)
        if index == 0 { send("between", as: .ping, to: channel) }
      }
    }
  }

  /// Sends every client a text of so many bytes.
  package func sendText(bytes count: Int) {
    for channel in channels { send(String(repeating: " ", count: count), to: channel) }
  }

  /// Pings every client.
  package func ping(_ words: String) {
    for channel in channels { send(words, as: .ping, to: channel) }
  }

  /// Closes every connection with a close frame.
  package func closeSockets(code: UInt16, reason: String) {
    var data = ByteBuffer(integer: code)
    data.writeString(reason)
    for channel in channels {
      channel.writeAndFlush(
        WebSocketFrame(fin: true, opcode: .connectionClose, data: data), promise: nil)
    }
  }

  /// Hangs up without a word.
  package func hangUp() {
    for channel in channels { channel.close(promise: nil) }
  }

  /// Breaks every connection with a TCP reset.
  package func resetConnections() async throws {
    for channel in channels {
      let options = channel as? any SocketOptionProvider
      try await options?.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
      try await channel.close().get()
    }
  }

  /// Stops to read, and so to answer, as if somebody had pulled a plug; the sockets stay open.
  package func fallSilent() async throws {
    for channel in channels { try await channel.setOption(.autoRead, value: false).get() }
  }

  /// Takes a device's token back, while it is connected.
  package func revoke(_ token: String) {
    let channels = state.change { state in
      state.settings.security.devices[token] = nil
      state.settings.security.refusedTokens[token] = "Invalid identity {}"
      return state.sockets.values.filter { $0.token == token }.map(\.channel)
    }
    for channel in channels {
      send(StandInOddFrame.securityText.text, to: channel)
      channel.close(promise: nil)
    }
  }

  /// Asks for a change of a path, as a REST client does.
  ///
  /// - Returns: The answer, and the id under which the reply can be found in ``reply(to:)``.
  package func put(_ path: String, _ value: JSONValue, token: String? = nil) -> (
    answer: StandInAnswer, requestId: String?
  ) {
    let prefix = state.value.settings.prefix + "/signalk/v1/api/vessels/self/"
    let answer = respond(
      to: StandInRequest(
        method: "PUT", path: prefix + path.replacing(".", with: "/"), token: token,
        host: "localhost", wantsJSON: true, body: (["value": value] as JSONValue).json))
    return (answer, JSONValue(parsing: answer.body)?["requestId"]?.text)
  }
}

extension StandInState {
  /// What became of a PUT request; `nil` while it is pending or if there is none.
  package func reply(to requestId: String) -> JSONValue? {
    guard let reply = requests[requestId]?.reply, reply["state"] != "PENDING" else { return nil }
    return reply
  }
}
