import FuzzSupport

@testable import CANInterfaces

/// What serial and network adapters send, from the beginning of a session on.
///
/// The first byte chooses adapter and settings. In the rest, FF means that the time has come for
/// which the session waits; after FE something else comes: FF and FE themselves, or any byte.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  fuzzArray(bytes, count) { bytes in
    guard let choice = bytes.first else { return }
    let talk = pieces(of: bytes.dropFirst())
    switch choice & 3 {
    case 0, 1:
      let settings = SerialLineSettings(
        port: SerialPort(path: "/dev/ttyACM0"), bitRate: choice & 4 == 0 ? nil : .kilobits500,
        usesTimeStamps: choice & 8 == 0, firmware: choice & 16 == 0 ? nil : .canable)
      hold(LawicelSession(settings), talk, byteByByte: choice & 32 != 0)
    case 2:
      guard let bus = SocketcandBusName("can0") else { return }
      hold(
        SocketcandSession(NetworkAddress(host: "host", port: 29_536), bus: bus), talk,
        byteByByte: choice & 32 != 0)
    default:
      let address = NetworkAddress(host: "host", port: 23)
      hold(
        GVRETSession(
          GVRETSettings(endpoint: .network(address), bitRate: choice & 4 == 0 ? nil : 250_000)),
        talk, byteByByte: choice & 32 != 0)
    }
  }
}

/// What comes between the times at which a session is woken.
private func pieces(of bytes: ArraySlice<UInt8>) -> [[UInt8]] {
  var pieces: [[UInt8]] = [[]]
  var isEscaped = false
  for byte in bytes {
    switch byte {
    case 0xFF where !isEscaped: pieces.append([])
    case 0xFE where !isEscaped: isEscaped = true
    default:
      pieces[pieces.count - 1].append(byte)
      isEscaped = false
    }
  }
  return pieces
}

/// Holds the talk twice, in the pieces as they are and differently cut: both must come to the same,
/// and nothing that is said may open a bus for more than listening.
private func hold<Session: AdapterSession>(
  _ session: Session, _ talk: [[UInt8]], byteByByte: Bool
) {
  let whole = outcome(session, talk) { [$0] }
  let others = outcome(session, talk) { piece in
    byteByByte ? piece.map { [$0] } : [Array(piece.dropLast(3)), piece.suffix(3)]
  }
  precondition(whole.batch.frames == others.batch.frames, "frames")
  precondition(whole.commands == others.commands, "commands")
  precondition(whole.remarks == others.remarks, "remarks")
  precondition(whole.fault == others.fault, "fault")
  precondition(whole.batch.frames.allSatisfy { Int($0.bus) < session.busNames.count })
  precondition(whole.remarks.allSatisfy { !"\($0)".contains(where: \.isNewline) }, "one line")
  precondition(!"\(whole.fault.map { "\($0)" } ?? "")".contains(where: \.isNewline), "one line")
  for command in whole.commands {
    guard case .lawicel(let command) = command else { continue }
    precondition(!"tTrRdDbBO".utf8.contains(AdapterCommand.lawicel(command).bytes[0]))
  }
}

private func outcome<Session: AdapterSession>(
  _ session: Session, _ talk: [[UInt8]], cutting: ([UInt8]) -> [[UInt8]]
) -> SessionOutcome {
  var session = session
  var outcome = SessionOutcome()
  var now = ClockReading(realtime: 1_735_270_496_000_000_000, monotonic: 1_000_000_000)
  session.begin(at: now, into: &outcome)
  for piece in talk {
    for part in cutting(piece) where outcome.fault == nil {
      session.receive(part.span, at: now, into: &outcome)
    }
    guard outcome.fault == nil else { break }
    let pause = max(0, min(60_000_000_000, (session.nextTime ?? now.monotonic) - now.monotonic))
    now.monotonic += pause + 1_000_000
    now.realtime += pause + 1_000_000
    session.wakeIfDue(at: now, into: &outcome)
  }
  session.close()
  return outcome
}
