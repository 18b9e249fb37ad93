import BusbarTestSupport
import CANFrames
import CANInterfaces
import Glibc
import Testing

@Suite("A serial adapter as a source", .timeLimit(.minutes(3)))
struct SerialLineSourceTests {
  static let frame = "t35181F01BC02E803E700"

  @Test(
    "is set up, opened for listening only, and gives frames",
    arguments: [
      (.original, ["C", "V", "S6", "X1", "Z1", "N", "L"], "V1013, NA123"),
      (.arduino, ["C", "V", "S6", "X1", "Z1", "N", "L"], "V1013, NA123"),
      (.esp32, ["C", "V", "S6", "X1", "Z1", "N", "L"], "V1013, ESP32RET"),
      (.canable, ["C", "V", "S6", "M1", "O"], "b158aa7 github.com/normaldotcom/canable-"),
    ] as [(LawicelModel.Firmware, [String], String)])
  func listens(firmware: LawicelModel.Firmware, commands: [String], name: String) throws {
    let terminal = try PseudoTerminal(LawicelModel(firmware))
    let log = RemarkLog()
    var source = try open("slcan:\(terminal.path)?bitrate=500000", log)
    #expect(eventually { terminal.peer.model.isOpen })
    let model = terminal.peer.model
    #expect(model.commands.filter { !$0.isEmpty } == commands)
    #expect(model.isSilent && model.passesFrames)
    #expect(log.texts.first?.hasSuffix("adapter \(name): only listening, at 500 kbit/s") == true)
    terminal.peer.say(Self.frame + (model.stamps ? "0001\r" : "\r"))
    var batch = FrameBatch()
    let before = SystemClock.realtime
    #expect(try readUntil(&source, &batch) { !$0.frames.isEmpty })
    #expect(batch.frames.map { "\($0.identifier)#\($0.payloadText)" } == ["351#1F01BC02E803E700"])
    #expect(abs(batch.frames[0].timestamp - before) < 5_000_000_000)
    #expect(source.buses[0] == "ttyTEST0")
  }

  @Test(
    "is refused if it does not confirm that it only listens",
    arguments: [
      (.normalOnly, "", .refusesListenOnly(version: "V1013")),
      (
        .namelessCanable, "",
        .unconfirmedListenOnly(version: "b158aa7 gitlab.lan/can.git")
      ),
      (.dead, "", .silent),
      // It answers commands, so it is none of CANable's, whatever the user says.
      (.normalOnly, "?firmware=canable", .refusesListenOnly(version: "V1013")),
      (.canable, "?bitrate=800000", .refusesBitRate(800_000)),
    ] as [(LawicelModel.Firmware, String, AdapterFault)])
  func refuses(firmware: LawicelModel.Firmware, query: String, fault: AdapterFault) throws {
    let terminal = try PseudoTerminal(LawicelModel(firmware))
    let word = "slcan:\(terminal.path)\(query)"
    #expect(throws: SourceError.adapter(word, fault)) { _ = try open(word) }
    let model = terminal.peer.model
    #expect(!model.isOpen && !model.commands.contains("O"))
  }

  @Test("is closed and opened once more if its confirmation is lost")
  func opensAgain() throws {
    var model = LawicelModel(.original)
    model.lostConfirmations = 1
    let terminal = try PseudoTerminal(model)
    let source = try open("slcan:\(terminal.path)")
    #expect(terminal.peer.model.commands.suffix(4) == ["L", "C", "V", "L"])
    #expect(terminal.peer.model.isSilent && source.buses[0] == "ttyTEST0")

    model.lostConfirmations = 2
    let mute = try PseudoTerminal(model)
    let word = "slcan:\(mute.path)"
    #expect(throws: SourceError.adapter(word, .unconfirmedListenOnly(version: "V1013"))) {
      _ = try open(word)
    }
    #expect(eventually { !mute.peer.model.isOpen })
  }

  @Test("is taken for CANable's if the user says so and it answers no command")
  func believesUser() throws {
    let terminal = try PseudoTerminal(LawicelModel(.namelessCanable))
    _ = try open("slcan:\(terminal.path)?firmware=canable")
    #expect(terminal.peer.model.isSilent)
    #expect(terminal.peer.model.commands.suffix(2) != ["O", "M1"])
  }

  @Test("is found open, booting, or in the middle of a line")
  func findsInUse() throws {
    var model = LawicelModel(.original, isOpen: true)
    model.deafBytes = 9
    let terminal = try PseudoTerminal(model)
    inBackground(afterMilliseconds: 50) { terminal.peer.say("BC02E8\r\(Self.frame)\r\u{7}t35") }
    _ = try open("slcan:\(terminal.path)")
    #expect(terminal.peer.model.isSilent)
  }

  @Test("is waited for when it is unplugged, and set up again when it is back")
  func survivesUnplugging() throws {
    let terminal = try PseudoTerminal(LawicelModel(.arduino))
    let log = RemarkLog()
    var source = try open("slcan:\(terminal.path)?timestamps=off", log)
    var batch = FrameBatch()
    terminal.peer.say("\(Self.frame)\r")
    #expect(try readUntil(&source, &batch) { $0.frames.count == 1 })
    terminal.unplug()
    #expect(try readUntil(&source, &batch) { $0.events.count == 1 })
    try terminal.plug()
    #expect(try readUntil(&source, &batch) { $0.events.count == 2 })
    terminal.peer.say("\(Self.frame)\r")
    #expect(try readUntil(&source, &batch) { $0.frames.count == 2 })
    #expect(batch.events.map(\.event.kind) == [.interfaceDown, .interfaceUp])
    #expect(batch.events.map(\.position) == [1, 1])
    #expect(terminal.peer.model.isSilent)
    #expect(log.texts.contains { $0.hasSuffix("the device is gone; waiting for its return") })
  }

  @Test("counts garbage, half lines and CAN FD frames, and reads on")
  func countsGarbage() throws {
    let terminal = try PseudoTerminal(LawicelModel(.arduino))
    let log = RemarkLog()
    do {
      var source = try open("slcan:\(terminal.path)?bitrate=250000&timestamps=off", log)
      terminal.peer.say("t3518\r?!\u{1}\rt7FFF9\rT9FFFFFFF0\rd35190011223344556677889900AA\r")
      terminal.peer.say(String(repeating: "0", count: 5000) + "\rt3561AB\rr1230\r")
      var batch = FrameBatch()
      #expect(try readUntil(&source, &batch) { $0.frames.count == 2 })
      #expect(batch.frames.map(\.kind) == [.data, .remote])
    }
    #expect(
      log.kinds.suffix(4)
        == [
          .rejected(count: 1, excerpt: "t3518"), .flexibleDataRate(count: 1),
          .rejected(count: 5, excerpt: String(repeating: "0", count: 40)),
        ].prefix(4) || log.kinds.contains(.flexibleDataRate(count: 1)))
    #expect(
      log.kinds.contains(.rejected(count: 5, excerpt: String(repeating: "0", count: 40))))
  }

  @Test("reports its controller's troubles as error frames")
  func reportsTroubles() throws {
    let terminal = try PseudoTerminal(LawicelModel(.arduino))
    var source = try open("slcan:\(terminal.path)")
    terminal.peer.say("F29\rsp000128\re1s\r")
    var batch = FrameBatch()
    #expect(try readUntil(&source, &batch) { $0.frames.count == 3 })
    #expect(
      batch.frames.compactMap(CANErrorReport.init).map { "\($0)" } == [
        "controller: receive buffer overflow, receiver passive (128 errors)",
        "controller: sender passive (128 errors); error counters: sent 128, received 0",
        "protocol: bit stuffing error; bus error",
      ])
  }

  @Test("says that it assumed a bit rate, and that nobody stamps")
  func saysWhatItAssumed() throws {
    let terminal = try PseudoTerminal(LawicelModel(.canable))
    let log = RemarkLog()
    _ = try open("slcan:\(terminal.path)", log)
    #expect(log.kinds.contains(.assumedBitRate(250_000)))
  }

  @Test("is closed at the end, and stops when it is told to")
  func stops() throws {
    let terminal = try PseudoTerminal(LawicelModel(.original))
    let signal = try WakeSignal()
    do {
      var source = try open("slcan:\(terminal.path)", stop: signal.descriptor)
      inBackground(afterMilliseconds: 100) { signal.raise() }
      var batch = FrameBatch()
      #expect(try source.read(into: &batch, waitingMilliseconds: 20_000) == .stopped)
    }
    #expect(eventually { !terminal.peer.model.isOpen })
  }

  @Test("is another program's, is none, or is not there")
  func refusesDevices() throws {
    let terminal = try PseudoTerminal(LawicelModel(.arduino))
    let file = try TemporaryFile("")
    #expect(throws: SourceError.notASerialPort(file.path)) { _ = try open("slcan:\(file.path)") }
    #expect(throws: SourceError.notASerialPort("/dev/null")) { _ = try open("slcan:/dev/null") }
    let missing = TemporaryFile().path
    let error = #expect(throws: SourceError.self) { _ = try open("slcan:\(missing)") }
    guard case .noSuchDevice(missing, _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    withExtendedLifetime(terminal) {}
  }
}
