import BusbarTestSupport
import CANFrames
import CANInterfaces
import Glibc
import Testing

@Suite("A server on the network as a source", .timeLimit(.minutes(3)))
struct NetworkSourceTests {
  @Test("is socketcand: greeted, opened in raw mode, and gives frames")
  func socketcand() throws {
    let server = try NetworkPeer(SocketcandModel())
    let log = RemarkLog()
    var source = try open("socketcand://127.0.0.1:\(server.port)/can0", log)
    #expect(server.peer.model.commands == ["< open can0 >", "< rawmode >"])
    let now = SystemClock.realtime
    // A clock that was never set, elements in pieces, two in one, data with blanks and without.
    server.peer.say("< frame 351 100.000000 1F01BC02E803E700 >< frame 18FF50E5 100.0")
    server.peer.say("10000 01 02 >< frame 123 100.020000  >\n< error 004 100.030000 >")
    server.peer.say("< fdframe 351 01 100.04 00112233445566778899AABB >< frame 9999 1.2 00 >")
    var batch = FrameBatch()
    #expect(try readUntil(&source, &batch) { $0.frames.count == 4 })
    #expect(
      batch.frames.map { "\($0.identifier)#\($0.payloadText)" } == [
        "351#1F01BC02E803E700", "18FF50E5#0102", "123#", "00000004#0000000000000000",
      ])
    #expect(batch.frames.map(\.kind) == [.data, .data, .data, .error])
    let times = batch.frames.map(\.timestamp)
    #expect(abs(times[0] - now) < 5_000_000_000, "dated by this machine's clock")
    #expect(times == times.sorted())
    #expect(eventually { log.kinds.contains(.flexibleDataRate(count: 1)) })
    #expect(source.buses[0] == "can0@127.0.0.1")
  }

  @Test("is refused in the server's own words, or for speaking something else")
  func socketcandRefuses() throws {
    let server = try NetworkPeer(SocketcandModel())
    let word = "socketcand://127.0.0.1:\(server.port)/can9"
    #expect(throws: SourceError.adapter(word, .refused("could not open bus"))) {
      _ = try open(word)
    }
    var silent = SocketcandModel()
    silent.answers = false
    let other = try NetworkPeer(silent)
    let otherWord = "socketcand://127.0.0.1:\(other.port)/can0"
    inBackground(afterMilliseconds: 300) { other.peer.say("SSH-2.0-OpenSSH_9.2 <p1>") }
    let error = #expect(throws: SourceError.self) { _ = try open(otherWord) }
    guard case .adapter(otherWord, .foreignLanguage) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test("is connected again when the connection is lost")
  func reconnects() throws {
    let server = try NetworkPeer(SocketcandModel())
    var source = try open("socketcand://127.0.0.1:\(server.port)/can0")
    server.disconnect()
    var batch = FrameBatch()
    #expect(try readUntil(&source, &batch) { $0.events.count == 2 })
    #expect(batch.events.map(\.event.kind) == [.interfaceDown, .interfaceUp])
    server.peer.say("< frame 351 1735270496.916858 1F01 >")
    #expect(try readUntil(&source, &batch) { $0.frames.count == 1 })
  }

  @Test("is told of when it cannot be reached")
  func unreachable() throws {
    let port = try NetworkPeer(SocketcandModel()).port
    let error = #expect(throws: SourceError.self) {
      _ = try open("socketcand://127.0.0.1:\(port)/can0")
    }
    #expect(error?.isUsage == false)
    let name = #expect(throws: SourceError.self) { _ = try open("gvret://no-such-host.invalid:23") }
    #expect(name.map { "\($0)".contains("cannot reach no-such-host.invalid:23: ") } == true)
  }

  @Test("takes no more than a bounded piece from a hostile server")
  func hostile() throws {
    let server = try NetworkPeer(SocketcandModel())
    let log = RemarkLog()
    var source = try open("socketcand://127.0.0.1:\(server.port)/can0", log)
    inBackground {
      for _ in 0..<64 { server.peer.say("<" + String(repeating: "x", count: 20_000)) }
      server.peer.say("< frame 351 1735270496.916858 1F01 >")
    }
    var batch = FrameBatch()
    #expect(try readUntil(&source, &batch) { $0.frames.count == 1 })
    #expect(log.kinds.contains { if case .rejected = $0 { true } else { false } })
  }

  @Test("is GVRET: made to only listen, which is read back, and gives frames of each bus")
  func gvret() throws {
    let server = try NetworkPeer(GVRETModel())
    let log = RemarkLog()
    var source = try open("gvret://127.0.0.1:\(server.port)?bitrate=250000", log)
    #expect(eventually { server.peer.model.commands.last?[1] == 0x01 })
    let model = server.peer.model
    #expect(model.isBinary && model.isListenOnly && model.bitRate == 250_000)
    #expect(model.commands.map { $0[1] } == [0x07, 0x06, 0x05, 0x06, 0x01])
    let frames =
      GVRETModel.frame(0x351, [0x1F, 0x01], time: 1_000_000)
      + [0x00, 0x42, 0xF1, 0x55]  // garbage
      + GVRETModel.frame(0x98FF_50E5, [], bus: 1, time: 1_005_000)
      + [0xF1, 0x14, 0, 0, 0, 0, 0x51, 3, 0, 0, 12, 0] + [UInt8](repeating: 0, count: 13)
      + GVRETModel.frame(0x356, Array(1...8), time: 1_010_000)
    for byte in frames { server.peer.say([byte]) }
    var batch = FrameBatch()
    #expect(try readUntil(&source, &batch) { $0.frames.count == 3 })
    #expect(
      batch.frames.map { "\($0.identifier)#\($0.payloadText)" } == [
        "351#1F01", "18FF50E5#", "356#0102030405060708",
      ])
    #expect(
      batch.frames.map { source.buses[$0.bus] } == [
        "can0@127.0.0.1", "can1@127.0.0.1", "can0@127.0.0.1",
      ])
    #expect(
      log.kinds.contains(.listening("GVRET adapter (build 620): only listening, at 250 kbit/s")))
    #expect(log.kinds.contains(.flexibleDataRate(count: 1)))
    #expect(log.kinds.contains(.rejected(count: 1, excerpt: "?B?U")))
  }

  @Test("is one of a GVRET adapter's buses: its bit rate is set, and the other is not heard")
  func secondBus() throws {
    let server = try NetworkPeer(GVRETModel())
    let log = RemarkLog()
    var source = try open("gvret://127.0.0.1:\(server.port)?bitrate=250000&bus=1", log)
    #expect(eventually { server.peer.model.commands.last?[1] == 0x01 })
    #expect(server.peer.model.bitRates == [500_000, 250_000])
    #expect(server.peer.model.isListenOnly)
    server.peer.say(
      GVRETModel.frame(0x351, [1], time: 1) + GVRETModel.frame(0x355, [2], bus: 1, time: 2)
        + GVRETModel.frame(0x356, [3], time: 3) + GVRETModel.frame(0x35A, [4], bus: 1, time: 4))
    var batch = FrameBatch()
    #expect(try readUntil(&source, &batch) { $0.frames.count == 2 })
    #expect(batch.frames.map { "\($0.identifier)" } == ["355", "35A"])
    #expect(
      log.kinds.contains(.listening("GVRET adapter (build 620): only listening, at 250 kbit/s")))
  }

  @Test("is a GVRET adapter's bus that is off, which is told")
  func busThatIsOff() throws {
    let server = try NetworkPeer(GVRETModel())
    let log = RemarkLog()
    var source = try open("gvret://127.0.0.1:\(server.port)?bus=1", log)
    var batch = FrameBatch()
    _ = try source.read(into: &batch, waitingMilliseconds: 100)
    #expect(log.kinds.contains(.busIsOff))
    #expect(!log.kinds.contains { if case .listening = $0 { true } else { false } })
  }

  @Test("is a GVRET adapter whose first bus is off, and whose second one is heard")
  func firstBusIsOff() throws {
    var model = GVRETModel()
    model.bitRates = [0, 250_000]
    let server = try NetworkPeer(model)
    let log = RemarkLog()
    var source = try open("gvret://127.0.0.1:\(server.port)", log)
    var batch = FrameBatch()
    _ = try source.read(into: &batch, waitingMilliseconds: 100)
    #expect(!log.kinds.contains(.busIsOff))
    #expect(
      log.kinds.contains(.listening("GVRET adapter (build 620): only listening, at 250 kbit/s")))
  }

  @Test("is GVRET on a serial line, and told if it does not confirm that it only listens")
  func gvretOnSerialLine() throws {
    var model = GVRETModel()
    model.canListenOnly = false
    let terminal = try PseudoTerminal(model)
    let log = RemarkLog()
    var source = try open("gvret:\(terminal.path)", log)
    #expect(log.kinds.contains(.listenOnlyUnconfirmed))
    #expect(terminal.peer.model.bitRate == 500_000, "as the adapter had it")
    terminal.peer.say(GVRETModel.frame(0x351, [1], time: 7))
    var batch = FrameBatch()
    #expect(try readUntil(&source, &batch) { $0.frames.count == 1 })
  }
}
