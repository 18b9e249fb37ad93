import NIOCore
import NIOWebSocket

extension StandInSignalKServer {
  /// Greets a new client, and shows it what is known if it asked for that.
  func socketOpened(_ channel: any Channel, token: String?, subscription: String) {
    let frames = state.change { state in
      var provider = "ws"
      if case .device(let device) = state.settings.security.visitor(with: token) {
        provider = "ws." + device.clientId.replacing(".", with: "_")
      }
      state.sockets[ObjectIdentifier(channel)] = StandInState.Socket(
        channel: channel, token: token, provider: provider, subscription: subscription)
      state.openedSockets += 1
      guard subscription != "none" else { return [state.hello] }
      return [state.hello]
        + state.model.leaves.map { path, leaf in
          [
            "context": .text(StandInState.vessel),
            "updates": [
              [
                "$source": .text(leaf.source), "timestamp": .text(leaf.timestamp),
                "values": [["path": .text(path), "value": leaf.value]],
              ]
            ],
          ]
        }
    }
    for frame in frames { send(frame.json, to: channel) }
  }

  func socketClosed(_ channel: any Channel) {
    state.change { _ = $0.sockets.removeValue(forKey: ObjectIdentifier(channel)) }
  }

  func received(_ text: String, isText: Bool, on channel: any Channel) {
    let answers = state.change { state in
      state.receive(text, isText: isText, from: ObjectIdentifier(channel))
    }
    for (channel, frame) in answers { send(frame.json, to: channel) }
  }

  func respond(to request: StandInRequest) -> StandInAnswer {
    let (answer, forward, timeout) = state.change { state in
      let (answer, forward) = state.respond(to: request)
      return (answer, forward, state.settings.putTimeout)
    }
    if let forward {
      send(forward.frame.json, to: forward.channel)
      forward.channel.eventLoop.scheduleTask(in: TimeAmount(timeout)) {
        self.state.change { $0.putTimedOut(forward.requestId) }
      }
    }
    return answer
  }

  func send(
    _ text: String, as opcode: WebSocketOpcode = .text, isLast: Bool = true, to channel: any Channel
  ) {
    let frame = WebSocketFrame(fin: isLast, opcode: opcode, data: ByteBuffer(string: text))
    channel.writeAndFlush(frame, promise: nil)
  }
}
