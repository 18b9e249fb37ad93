import BusbarTestSupport
import CANFrames
import Testing

@Suite("candump, as a log and as text")
struct CandumpReaderTests {
  /// A line, the frame it holds in the log's own notation, and why it is in the table.
  struct Row: Sendable, CustomTestStringConvertible {
    var line: String
    var frame: String
    var time: Int64 = CANFrame.noTime
    var bus: String?
    var testDescription: String
  }

  static let limits = "351#1F01BC02E803E700"

  @Test(
    "reads a frame",
    arguments: [
      Row(
        line: "(1735270496.916858) can0 351#1F01BC02E803E700", frame: limits,
        time: 1_735_270_496_916_858_000, bus: "can0", testDescription: "candump -l"),
      Row(
        line: "(1735270496.916858123) can0 351#1F01BC02E803E700", frame: limits,
        time: 1_735_270_496_916_858_123, bus: "can0", testDescription: "nanoseconds of -N"),
      Row(
        line: "(1735270496.916858)  can0 351#1F01BC02E803E700 R", frame: limits,
        time: 1_735_270_496_916_858_000, bus: "can0", testDescription: "direction of -x"),
      Row(
        line: "(1735270496.916858) can0 351#1F01BC02E803E700 T", frame: limits + " T",
        time: 1_735_270_496_916_858_000, bus: "can0", testDescription: "sent, as -x has it"),
      Row(
        line: "(1735270497.000100) vcan12 18FF50E5#0102", frame: "18FF50E5#0102",
        time: 1_735_270_497_000_100_000, bus: "vcan12", testDescription: "29-bit identifier"),
      Row(
        line: "(1735270497.000300) can0 305#R8", frame: "305#R8",
        time: 1_735_270_497_000_300_000, bus: "can0", testDescription: "remote request"),
      Row(
        line: "(1735270497.000300) can0 305#R", frame: "305#R0",
        time: 1_735_270_497_000_300_000, bus: "can0", testDescription: "remote without length"),
      Row(
        line: "(1735270497.000500) can0 123#1122334455667788_E", frame: "123#1122334455667788",
        time: 1_735_270_497_000_500_000, bus: "can0", testDescription: "raw length code"),
      Row(
        line: "(1735270497.000600) can0 20000088#0000900000000000",
        frame: "error 00000088#0000900000000000", time: 1_735_270_497_000_600_000, bus: "can0",
        testDescription: "error frame"),
      Row(
        line: "(2024-12-27 03:34:56.916858) can0 351#1F01BC02E803E700", frame: limits,
        time: 1_735_270_496_916_858_000, bus: "can0", testDescription: "date of -tA in a log"),
      Row(
        line: "  can0  351   [8]  1F 01 BC 02 E8 03 E7 00", frame: limits, bus: "can0",
        testDescription: "text without time"),
      Row(
        line: " (1735270496.916858)  can0  351   [8]  1F 01 BC 02 E8 03 E7 00", frame: limits,
        time: 1_735_270_496_916_858_000, bus: "can0", testDescription: "text with -ta"),
      Row(
        line: " (2024-12-27 03:34:56.916858)  can0  351   [8]  1F 01 BC 02 E8 03 E7 00",
        frame: limits, time: 1_735_270_496_916_858_000, bus: "can0",
        testDescription: "text with -tA"),
      Row(
        line: " (000.151000)  can0  351   [8]  1F 01 BC 02 E8 03 E7 00", frame: limits,
        time: 151_000_000, bus: "can0", testDescription: "text with -tz: relative"),
      Row(
        line: " (1735270496.916858)  can0  RX - -  351   [8]  1F 01 BC 02 E8 03 E7 00",
        frame: limits, time: 1_735_270_496_916_858_000, bus: "can0", testDescription: "text with -x"
      ),
      Row(
        line: "  can0  TX B -  305   [2]  1F 01", frame: "305#1F01 T", bus: "can0",
        testDescription: "text with -x, sent"),
      Row(
        line: "  can0  355   [2]  00110010 00000001", frame: "355#3201", bus: "can0",
        testDescription: "text with -i: bits"),
      Row(
        line: "(1735270496.916858) tx 305#R8", frame: "305#R8",
        time: 1_735_270_496_916_858_000, bus: "tx", testDescription: "a bus called tx"),
      Row(
        line: "  can0       305   [8]  remote request", frame: "305#R8", bus: "can0",
        testDescription: "remote request in text, indented"),
      Row(
        line: "  can0  123   {E}  11 22 33 44 55 66 77 88", frame: "123#1122334455667788",
        bus: "can0", testDescription: "raw length code of -8"),
      Row(
        line: "  can0  20000088   [8]  00 00 90 00 00 00 00 00   ERRORFRAME",
        frame: "error 00000088#0000900000000000", bus: "can0",
        testDescription: "error frame in text"),
      Row(
        line: "  can0  351   [8]  1F 01 BC 02 E8 03 E7 00   '........'", frame: limits, bus: "can0",
        testDescription: "ASCII column of -a"),
      Row(
        line: "  can0  351   [8]  1F 01 BC 02 E8 03 E7 00   \u{2018}........\u{2019}",
        frame: limits,
        bus: "can0", testDescription: "ASCII column with curly quotes"),
      Row(
        line: "  can0  35E   [8]  20 45 43 2D 42 4D 53 00   ' EC-BMS.'",
        frame: "35E#2045432D424D5300", bus: "can0", testDescription: "blank in the ASCII column"),
      Row(
        line: "  can0  351   [8]  00`E7`03`E8`02`BC`01`1F", frame: limits, bus: "can0",
        testDescription: "swapped bytes of -S are swapped back"),
      Row(
        line: "  can0  355   [6]  13`88`00`64`00`32", frame: "355#320064008813", bus: "can0",
        testDescription: "six swapped bytes"),
      Row(
        line: "> can0 351 [8] 1F 01 BC 02 E8 03 E7 00", frame: limits, bus: "can0",
        testDescription: "quoted in a forum, blanks folded"),
      Row(
        line: "> > &gt; 351 [8] 1F 01 BC 02 E8 03 E7 00", frame: limits,
        testDescription: "quoted three times, no interface"),
      Row(
        line: "can0 351[8]1F01BC02E803E700", frame: limits, bus: "can0",
        testDescription: "blanks around the brackets lost"),
      Row(
        line: "can0 351 8 1F 01 BC 02 E8 03 E7 00", frame: limits, bus: "can0",
        testDescription: "brackets lost"),
      Row(
        line: "351 1F 01 BC 02 E8 03 E7 00", frame: limits, testDescription: "only id and bytes"),
      Row(line: "351#1f01bc02e803e700", frame: limits, testDescription: "cansend's notation"),
      Row(
        line: "351##311", frame: "", testDescription: "CAN FD is named, not read as classic"),
      Row(line: "0x351 [2] 1F 01", frame: "351#1F01", testDescription: "identifier with 0x"),
      Row(
        line: "\u{1B}[31m can0  351\u{1B}[0m   [2]  1F 01", frame: "351#1F01", bus: "can0",
        testDescription: "colours of -c"),
      Row(
        line: "\u{A0}can0\u{A0}\u{A0}351\u{A0}[2]\u{A0}1F\u{A0}01", frame: "351#1F01", bus: "can0",
        testDescription: "hard blanks"),
      Row(
        line: "can0  351   [0]", frame: "351#", bus: "can0", testDescription: "no data at all"),
      Row(
        line: "(1735270496.916858) can0 351#1F.01.BC", frame: "351#1F01BC",
        time: 1_735_270_496_916_858_000, bus: "can0", testDescription: "bytes with points"),
      Row(
        line: "(1735270496.916858) can0 351#1F01\r", frame: "351#1F01",
        time: 1_735_270_496_916_858_000, bus: "can0", testDescription: "Windows line end"),
      Row(
        line: "1735270496.916858 can0 351#1F01", frame: "351#1F01",
        time: 1_735_270_496_916_858_000, bus: "can0", testDescription: "time without brackets"),
    ])
  func readsFrame(_ row: Row) {
    let log = ReadLog(candump: row.line)
    #expect(log.notations == (row.frame.isEmpty ? [] : [row.frame]))
    guard let frame = log.frames.first else { return }
    #expect(frame.timestamp == row.time)
    #expect(log.reader.buses[frame.bus] == row.bus)
  }

  @Test(
    "says why a line is no frame, and where",
    arguments: [
      ("$ candump can0", LineRejection.Reason.noFrame, 1),
      ("...", .noFrame, 1),
      ("It shows this when I charge:", .noFrame, 1),
      ("can0  800   [1]  00", .identifier, 7),
      ("can0  35   [1]  00", .identifier, 7),
      ("(1735270496.916858) can0 2FFFFFFFF#00", .identifier, 26),
      ("can0  351   [9]  00", .length, 13),
      ("can0  351   [8  00", .length, 13),
      ("can0  351   [8]  1F 01 BC 02 E8 03 E7", .tooFewBytes, 38),
      ("can0  351   [2]  1F 01 BC", .tooManyBytes, 24),
      ("can0  351   [2]  1F 0G", .data, 21),
      ("(1735270496.916858) can0 351#1F0", .data, 32),
      ("(1735270496.916858) can0 351#000102030405060708", .tooManyBytes, 46),
      ("(1735270496) can0 351#1F", .time, 12),
      ("(99999999999.000000) can0 351#1F", .time, 12),
      ("(9737226823.274318) can0 351#1F", .time, 19),
      ("(1735270497.000800) can0 120##5001122", .flexibleDataRate, 30),
      ("  can0  120  [02]  11 22", .flexibleDataRate, 14),
      ("(1735270497.000900) can0 123#81:00:12345678#1122", .extraLong, 32),
      ("\0\u{1}\u{2}", .notText, 1),
    ])
  func rejects(line: String, reason: LineRejection.Reason, column: Int) throws {
    let log = ReadLog(candump: "351#00\n" + line + "\n351#00\n")
    #expect(log.frames.count == 2, "the lines around it are read")
    let entry = try #require(log.reader.rejections.entries.first)
    #expect(entry.reason == reason)
    #expect(entry.line == 2)
    #expect(entry.column == column)
  }

  @Test("counts rejected lines by reason and keeps the first")
  func counts() {
    let log = ReadLog(candump: "hello\n351#00\nworld\ncan0 351 [9] 00\n")
    #expect(log.reader.rejections.count == 3)
    let entries = log.reader.rejections.entries
    #expect(entries.map(\.count) == [2, 1])
    #expect(entries.map(\.excerpt) == ["hello", "can0 351 [9] 00"])
  }

  @Test("ignores comments, empty lines and explanations of error frames")
  func ignores() {
    let log = ReadLog(
      candump:
        "# bus: house\n\n; note\n  can0  20000004   [8]  00 04 00 00 00 00 00 00   ERRORFRAME\n"
        + "\tcontroller-problem{rx-error-warning}\n")
    #expect(log.frames.count == 1)
    #expect(log.reader.rejections.count == 0)
  }

  @Test("adds up the distances of -td once a time falls")
  func addsDistances() {
    let log = ReadLog(candump: "(000.000000) c0 351#\n(000.300000) c0 351#\n(000.100000) c0 351#\n")
    #expect(log.frames.map(\.timestamp) == [0, 300_000_000, 400_000_000])
  }

  @Test("turns candump's drop count into an event at its place")
  func dropCount() {
    let log = ReadLog(
      candump: "(1735270496.0) can0 351#\n"
        + "DROPCOUNT: dropped 3 CAN frames on 'can0' socket (total drops 3)\n"
        + "(1735270497.0) can0 351#\n")
    #expect(log.batch.events.map(\.position) == [1])
    #expect(log.batch.events.first?.event.kind == .framesDropped(3))
    #expect(log.reader.rejections.count == 0)
  }

  @Test("reads the same frames whatever pieces the bytes come in", arguments: 1...9)
  func pieces(size: Int) {
    let text = Self.sample + "  can0  355   [6]  32 00 64 00 88 13"
    #expect(ReadLog(candump: text, pieces: size).frames == ReadLog(candump: text).frames)
    #expect(ReadLog(candump: text, pieces: size).frames.count == 3)
  }

  @Test("reads UTF-16, as PowerShell writes it, in pieces of any size", arguments: 1...5)
  func utf16(size: Int) {
    let text = "\u{FEFF}" + Self.sample + "# \u{20AC}\u{1F50B}\n  can0  355   [2]  32 00"
    let expected = ReadLog(String(text.dropFirst()))
    for isLittle in [true, false] {
      let bytes = text.utf16.flatMap { unit in
        let both = [UInt8(truncatingIfNeeded: unit), UInt8(unit >> 8)]
        return isLittle ? both : both.reversed()
      }
      let log = ReadLog(bytes, pieces: size)
      #expect(log.frames == expected.frames)
      #expect(log.frames.count == 3)
      #expect(log.complaints == expected.complaints)
      #expect(log.reader.isUTF16)
    }
  }

  @Test("reads every frame of a line whose line feeds were eaten, and no more than what it is")
  func severalInALine() {
    let frames = ["can0  356   [6]  32 0A 00 00 27 01", "can0  355   [2]  32 00   '2.'"]
    let pasted = ReadLog(candump: "  " + (frames + frames + ["305#R8"]).joined(separator: "   "))
    #expect(
      pasted.notations == [
        "356#320A00002701", "355#3200", "356#320A00002701", "355#3200", "305#R8",
      ])
    #expect(pasted.complaints == [])
    let noted = ReadLog(candump: "can0 356 [2] 32 0A  the limits\n356#320A # and so on\n")
    #expect(noted.notations == ["356#320A", "356#320A"])
    #expect(noted.complaints == [])
    let glued = ReadLog(candump: "can0 356 [2] 320A 0000 2701\n356#32 0A 00 00 27 01\n")
    #expect(glued.frames.isEmpty)
    #expect(glued.complaints == ["1:19 tooManyBytes", "2:8 separatedData"])
    let cut = ReadLog(candump: "can0 355 [2] 32 00 can0 356 [6] 32 0A\n")
    #expect(cut.notations == ["355#3200"])
    #expect(cut.reasons == [.tooFewBytes])
  }

  @Test("reads plain lines exactly as it reads them one by one")
  func plainLines() {
    let lines = [
      "(1735270496.916858) can0 351#1F01BC02E803E700", "(1735270496.999999) can0 7FF#",
      "(1735270497.000000) can0 18FF50E5#0102", "(1735270497.000001) vcan12 000#FFffABcd",
      "(1735270497.000001) can0 20000088#0000900000000000", "(1735270497.000002) can0 800#00",
      "(1735270497.000002) can0 2FFFFFFFF#00", "(1735270497.0000a2) can0 351#00",
      "(1735270497 000002) can0 351#00", "(1735270497.000003) can0 351#0",
      "(1735270497.000003) c 351#00", "(1735270497.000003) RX 351#00",
      "(1735270497.000003) longer-name0 351#00", "(1735270497.000003)  can0 351#00",
      "(1735270497.000003) can0 351#000102030405060708", "(1735270497.000003) can0 351#R4",
      "(1735270497.000003) can0 351#0001 R", "(1735270497.000003) can0 35g#0001",
      "(9999999999.000003) can0 351#",
    ]
    let whole = ReadLog(
      candump: lines.joined(separator: "\n") + "\n" + String(repeating: "#\n", count: 90))
    let single = lines.flatMap { ReadLog(candump: $0).notations }
    #expect(whole.notations == single)
    #expect(whole.frames.count == 11)
    let alone = lines.map { ReadLog(candump: $0) }
    #expect(
      whole.frames.map { whole.reader.buses[$0.bus] }
        == alone.flatMap { log in log.frames.map { log.reader.buses[$0.bus] } })
    #expect(
      whole.frames.map(\.timestamp)
        == lines.flatMap { ReadLog(candump: $0).frames.map(\.timestamp) })
    #expect(whole.reader.rejections.count == 8)
  }

  @Test("a frame without a bus does not get the next one's")
  func unnamedBus() {
    let line = "0BC#00\n"
    let log = ReadLog(
      candump: "(1735270496.916858) " + line + "(1735270496.916858) can0 " + line
        + String(repeating: "#\n", count: 90))
    #expect(log.frames.map { log.reader.buses[$0.bus] } == [nil, "can0"])
  }

  @Test("a line of NULs is no frame that was seen before")
  func nulls() {
    let log = ReadLog(
      candump: "(1735270496.916858) can0 " + String(repeating: "\0", count: 200) + "\n351#00\n")
    #expect(log.frames.count == 1)
    #expect(log.reader.rejections.entries.first?.reason == .notText)
  }

  @Test("frames that repeat, change and repeat are all read as they stand")
  func repetitions() {
    var lines: [String] = []
    for index in 0..<3000 {
      let data =
        index % 7 < 4 ? "1F01BC02E803E700" : "1F01BC02E803E7" + (index % 2 == 0 ? "01" : "")
      lines.append("(1735270496.\(100_000 + index)) can0 \(index % 5 == 0 ? "355" : "351")#\(data)")
    }
    let log = ReadLog(candump: lines.joined(separator: "\n") + "\n")
    #expect(log.notations == lines.map { String($0.dropFirst(25)) })
  }

  @Test("survives a log that is cut at any byte")
  func cut() {
    let whole = ReadLog(candump: Self.sample).frames
    for end in 0...Self.sample.utf8.count {
      let log = ReadLog(
        candump: String(decoding: Array(Self.sample.utf8.prefix(end)), as: UTF8.self))
      #expect(log.frames.count <= whole.count)
      #expect(log.frames.dropLast() == whole.prefix(max(0, log.frames.count - 1)))
    }
  }

  @Test("skips a line without end in constant memory")
  func endlessLine() throws {
    let long = [UInt8](repeating: UInt8(ascii: "x"), count: 1_000_000)
    let log = ReadLog(
      candump: "351#00\n" + String(decoding: long, as: UTF8.self) + "\n355#00\n", pieces: 4096)
    #expect(log.frames.count == 2)
    let entry = try #require(log.reader.rejections.entries.first)
    #expect(entry.reason == .lineTooLong)
    #expect(entry.count == 1)
    #expect(entry.line == 2)
  }

  static let sample = """
    (1735270496.916858) can0 351#1F01BC02E803E700
    (1735270496.917858) can0 18FF50E5#0102\n
    """
}
