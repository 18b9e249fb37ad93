import BusbarTestSupport
import CANFrames
import CANInterfaces
import Glibc
import Testing

@Suite("Several sources at once", .timeLimit(.minutes(3)))
struct MergedSourceTests {
  static func merge(
    _ words: [String], stop: CInt = -1, _ log: RemarkLog = RemarkLog()
  ) throws(SourceError) -> MergedSource {
    var specifications: [SourceSpecification] = []
    for word in words { specifications.append(try SourceSpecification(parsing: word)) }
    return try MergedSource(specifications, stop: stop, tell: log.listener) {
      specification throws(SourceError) in
      try AnySource(opening: specification, stop: stop, tell: log.listener)
    }
  }

  @Test("are buses: read side by side, each with its name, until the last has ended")
  func buses() throws {
    let one = try PseudoTerminal(LawicelModel(.arduino))
    let server = try NetworkPeer(SocketcandModel())
    let log = RemarkLog()
    let signal = try WakeSignal()
    var source = try Self.merge(
      ["slcan:\(one.path)", "socketcand://127.0.0.1:\(server.port)/can0"],
      stop: signal.descriptor, log)
    one.peer.say("t351100\r")
    server.peer.say("< frame 355 1735270496.916858 01 >")
    var batch = FrameBatch()
    #expect(try readUntil(&source, &batch) { $0.frames.count == 2 })
    let buses = source.buses
    #expect(
      Set(batch.frames.map { "\(buses[$0.bus] ?? "-") \($0.identifier)" })
        == ["ttyTEST0 351", "can0@127.0.0.1 355"])
    // One goes away, the other goes on.
    one.unplug()
    #expect(try readUntil(&source, &batch) { $0.events.count == 1 })
    #expect(source.buses[batch.events[0].event.bus] == "ttyTEST0")
    server.peer.say("< frame 356 1735270497.916858 01 >")
    #expect(try readUntil(&source, &batch) { $0.frames.count == 3 })
    signal.raise()
    #expect(try source.read(into: &batch, waitingMilliseconds: 20_000) == .stopped)
  }

  @Test("are logs with dates: merged by time, each bus named after its log too")
  func datedLogs() throws {
    let first = try TemporaryFile("(1735270496.1) can0 351#01\n(1735270496.3) can0 351#03\n")
    let second = try TemporaryFile("(1735270496.2) can0 351#02\n(1735270496.4) can1 351#04\n")
    var source = try Self.merge([first.path, second.path])
    let (batch, state) = try readAll(&source)
    #expect(state == .ended)
    #expect(batch.frames.map(\.payload) == [1, 2, 3, 4])
    let names = [first, second].map { $0.path.split(separator: "/").last ?? "" }
    #expect(
      batch.frames.map { source.buses[$0.bus] ?? "-" } == [
        "\(names[0]):can0", "\(names[1]):can0", "\(names[0]):can0", "\(names[1]):can1",
      ])
  }

  @Test("are logs without dates: one after the other")
  func undatedLogs() throws {
    let first = try TemporaryFile("(0.100000) can0 351#01\n(0.300000) can0 351#02\n")
    let second = try TemporaryFile("can0 351 [1] 03\ncan0 351 [1] 04\n")
    var source = try Self.merge([first.path, second.path])
    #expect(try readAll(&source).batch.frames.map(\.payload) == [1, 2, 3, 4])
  }

  @Test("are long logs, of which no frame is lost or out of order")
  func longLogs() throws {
    let first = try TemporaryFile(logText(40_000))
    let second = try TemporaryFile(logText(50_000))
    var source = try Self.merge([first.path, second.path])
    let frames = try readAll(&source).batch.frames
    #expect(frames.count == 90_000)
    #expect(frames.map(\.timestamp) == frames.map(\.timestamp).sorted())
  }

  @Test("are refused if one is there twice, is a log among buses, or cannot be opened")
  func refuses() throws {
    let log = try TemporaryFile(logText(2))
    let terminal = try PseudoTerminal(LawicelModel(.arduino))
    #expect(throws: SourceError.sameSourceTwice(log.path)) {
      _ = try Self.merge([log.path, log.path])
    }
    #expect(throws: SourceError.logAmongBuses(log.path)) {
      _ = try Self.merge(["slcan:\(terminal.path)", log.path])
    }
    #expect(
      throws: SourceError.simulation(
        "sim:rec-q: a simulated battery cannot be listened to here")
    ) {
      _ = try Self.merge(["slcan:\(terminal.path)", "sim:rec-q"])
    }
  }
}
