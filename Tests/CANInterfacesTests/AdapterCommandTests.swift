import CANInterfaces
import Testing

/// What can be said to an adapter is known completely, and none of it sends a frame.
@Suite("Commands to adapters")
struct AdapterCommandTests {
  static let lawicel: [LawicelCommand] =
    [
      .endOfLine, .close, .version, .serialNumber, .autoSend, .timeStamps(true),
      .timeStamps(false), .statusFlags, .listenOnly, .silentThenOpen,
    ] + LawicelBitRate.allCases.map { .bitRate($0) }

  @Test("in LAWICEL's protocol are settings and questions", arguments: lawicel)
  func lawicelIsHarmless(command: LawicelCommand) {
    let text = String(decoding: AdapterCommand.lawicel(command).bytes, as: UTF8.self)
    let parts = text.split(separator: "\r", omittingEmptySubsequences: false).dropLast()
    #expect(text.hasSuffix("\r"))
    for part in parts {
      #expect(part.first.map { "CVNSXZFLMO".contains($0) } ?? true)
      #expect(part.utf8.count <= 2)
    }
    // Opening for more than listening is never said but right after the silent mode.
    #expect(!text.contains("O") || text == "M1\rO\r")
    switch command {
    // A new command has to be added to the list above.
    case .endOfLine, .close, .version, .serialNumber, .bitRate, .autoSend, .timeStamps,
      .statusFlags, .listenOnly, .silentThenOpen:
      break
    }
  }

  @Test("set each bit rate with its own digit")
  func bitRates() {
    let texts = LawicelBitRate.allCases.map {
      String(decoding: AdapterCommand.lawicel(.bitRate($0)).bytes, as: UTF8.self)
    }
    #expect(texts == (0...8).map { "S\($0)\r" })
  }

  @Test("to socketcand open a bus and nothing more")
  func socketcandIsHarmless() throws {
    let bus = try #require(SocketcandBusName("can0"))
    let commands: [SocketcandCommand] = [.open(bus), .rawMode, .echo]
    let texts = commands.map {
      String(decoding: AdapterCommand.socketcand($0).bytes, as: UTF8.self)
    }
    #expect(texts == ["< open can0 >", "< rawmode >", "< echo >"])
  }

  @Test(
    "cannot be smuggled into the name of a bus",
    arguments: ["", "can0 ", "a>b", "<", "can 0", "can0\n", "sixteen-letters0", "bus/0", "ü"])
  func namesAreNames(text: String) {
    #expect(SocketcandBusName(text) == nil)
  }

  @Test(
    "in GVRET are settings and questions", arguments: [0, 250_000, 1_000_000, .max] as [UInt32])
  func gvretIsHarmless(rate: UInt32) {
    let commands: [GVRETCommand] = [
      .binaryMode, .timeSync, .busParameters, .deviceInfo, .keepAlive,
      .listenOnly(GVRETBusRate(rate), GVRETBusRate(0)),
    ]
    for command in commands {
      let bytes = AdapterCommand.gvret(command).bytes
      // 00 and 14 (hex) are frames, 0B a frame to echo.
      #expect(bytes == [0xE7, 0xE7] || [0x01, 0x05, 0x06, 0x07, 0x09].contains(bytes[1]))
      guard case .listenOnly = command, rate > 0 else { continue }
      #expect(bytes.count == 10)
      #expect(bytes[5] & 0xE0 == 0xE0, "flags follow, enabled, listen only")
    }
  }
}
