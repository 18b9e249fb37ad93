import BusbarTestSupport
import CANFrames
import Testing

@Suite("Vector ASC")
struct ASCTests {
  /// A file, the lines that ``ReadLog`` makes of it, and why it is in the table.
  struct Row: Sendable, CustomTestStringConvertible {
    var text: String
    var lines: [String]
    var testDescription: String
  }

  /// 2024-12-27T03:34:56.916Z is 1,735,270,496,916 ms.
  static let head = "date Fri Dec 27 03:34:56.916 am 2024\nbase hex  timestamps absolute\n"

  @Test(
    "reads a frame",
    arguments: [
      Row(
        text: head
          + "internal events logged\n// version 9.0.0\n"
          + "Begin Triggerblock Fri Dec 27 03:34:56.916 am 2024\n"
          + "   0.000000 Start of measurement\n"
          + "   0.010000 1  351             Rx   d 8 1F 01 BC 02 E8 03 E7 00  Length = 240000 BitCount = 124 ID = 849\n"
          + "   0.020000 2  18FF50E5x       Tx   d 2 01 02\n"
          + "   0.030000 1  305             Rx   r 8\n" + "   0.031000 1  305             Rx   r\n"
          + "   0.040000 1  ErrorFrame\n"
          + "   0.060000 1  Statistic: D 64 R 0 XD 3 XR 0 E 0 O 0 B 2.42%\n"
          + "   0.070000 CAN 1 Status:chip status error active\n" + "End TriggerBlock\n",
        lines: [
          "1735270496926000000 can0 351#1F01BC02E803E700",
          "1735270496936000000 can1 18FF50E5#0102 T", "1735270496946000000 can0 305#R8",
          "1735270496947000000 can0 305#R0",
          "1735270496956000000 can0 error 00000080#0000000000000000",
        ], testDescription: "as Vector writes it, with events of its own"),
      Row(
        text: "date Fri Dec 27 15:34:56 2024\nbase dec timestamps relative\n"
          + "no internal events logged\n"
          + "0.5 1 849 Rx d 2 31 255\n0.5 1 419385573x Rx d 1 0\n",
        lines: [
          "1735313696500000000 can0 351#1FFF", "1735313697000000000 can0 18FF50E5#00",
        ], testDescription: "decimal numbers, times from line to line, 24 hours"),
      Row(
        text: "date Fre Dez 27 15:34:56.005 2024\nbase hex timestamps absolute\n0.0 1 351 Rx d 0\n",
        lines: ["1735313696005000000 can0 351#"], testDescription: "a German date"),
      Row(
        text:
          "date Mit Mär 5 12:00:00.000 pm 2025\nbase hex timestamps absolute\n0.0 1 351 Rx d 0\n",
        lines: ["1741176000000000000 can0 351#"], testDescription: "the German March; noon"),
      Row(
        text:
          "date Fri Dec 27 12:34:56.5 AM 2024\nbase hex timestamps absolute\n0.0 1 351 Rx d 0\n",
        lines: ["1735259696005000000 can0 351#"],
        testDescription: "after midnight; milliseconds that are not padded"),
      Row(
        text: "date Sat Jan 04 10:00:00.000 2025\nbase hex  timestamps absolute\n"
          + "internal events logged\nBegin Triggerblock Fri Dec 27 03:34:56.916 2024\n"
          + " 0.000000 Start of measurement\n 0.000000 1  351             Rx   d 1 1F\n",
        lines: ["1735270496916000000 can0 351#1F"],
        testDescription: "python-can: the block has the measurement's date, the head its own"),
      Row(
        text: head + "   0.010000 CAN1  EngineData  Rx d 1 1F Length = 240000 ID = 849\n"
          + "   0.020000 1  Limits  Rx d 1 1F Length = 240000 ID = 419385573x\n",
        lines: ["1735270496926000000 can0 351#1F", "1735270496936000000 can0 18FF50E5#1F"],
        testDescription: "a message by its name, the number behind the data"),
      Row(
        text: "0.010000 1  351             Rx   d 1 1F\n",
        lines: ["10000000 can0 351#1F"], testDescription: "without a head: time since the start"),
      Row(
        text: head + "0.5 1 351 TxRq d 1 1F\n0.5 1 351 Tx d 1 1F\n",
        lines: ["1735270497416000000 can0 351#1F T"],
        testDescription: "a request to send is not yet a frame"),
      Row(
        text: head + "0.5 CANFD 1 Rx ErrorFrame Not Acknowledge error\n",
        lines: ["1735270497416000000 can0 error 00000080#0000000000000000"],
        testDescription: "an error frame of a CAN FD channel"),
      Row(
        text: head + "0.5 1 123 Rx d E 11 22 33 44 55 66 77 88\n",
        lines: ["1735270497416000000 can0 123#1122334455667788"],
        testDescription: "a raw length code above 8"),
    ])
  func reads(_ row: Row) {
    let log = ReadLog(row.text)
    #expect(log.reader.format == .asc)
    #expect(log.lines == row.lines)
    #expect(log.complaints == [])
  }

  @Test(
    "says why a line is no frame, and where",
    arguments: [
      ("0.5 1 800 Rx d 1 00", "3:7 ascIdentifier"), ("0.5 1 351 Rx d 9x 00", "3:16 plainLength"),
      ("0.5 1 351 Rx d 2 1F", "3:20 tooFewBytes"), ("0.5 1 351 Rx d 2 1F 0G", "3:21 data"),
      ("0.5 1 351 Rx q 2 1F 00", "3:14 ascKind"), ("hello", "3:1 ascFrame"),
      ("0.5 hello", "3:1 ascFrame"), ("99999999999999999999.5 1 351 Rx d 0", "3:1 seconds"),
      ("0.5 300 351 Rx d 0", "3:1 ascFrame"), ("date yesterday", "3:6 date"),
      ("0.5 CANFD 1 Rx 120 1 0 9 12 00 11 22", "3:5 flexibleDataRate"),
      ("0.5 CANXL 1 Rx 120", "3:5 extraLong"), ("\u{0}", "3:1 notText"),
    ])
  func rejects(line: String, complaint: String) {
    let log = ReadLog(Self.head + line + "\n0.5 1 351 Rx d 1 1F\n")
    #expect(log.complaints == [complaint])
    #expect(log.frames.count == 1, "the line behind it is read")
  }

  @Test("writes what other programs read")
  func writes() {
    let text = String(decoding: SampleTraffic.log(.asc), as: UTF8.self)
    let lines = text.split(separator: "\n").map(String.init)
    #expect(lines[0] == "date Fri Dec 27 03:34:56.916 am 2024")
    #expect(lines[4] == "Begin Triggerblock Fri Dec 27 03:34:56.916 am 2024")
    #expect(lines[6] == "   0.000858 1  351             Rx   d 0")
    #expect(lines[8] == "   0.200860 1  351             Rx   d 2 1F 01")
    #expect(lines[15] == "   0.900867 1  18FF50E5x       Rx   d 0")
    #expect(text.contains("Rx   r 8\n"))
    #expect(text.contains(" 1  ErrorFrame\n"))
    #expect(text.hasSuffix("End TriggerBlock\n"))
  }

  @Test(
    "dates are written as they are read",
    arguments: [
      (0, "Thu Jan 1 12:00:00.000 am 1970"), (43_200_000, "Thu Jan 1 12:00:00.000 pm 1970"),
      (1_709_251_199_999, "Thu Feb 29 11:59:59.999 pm 2024"),
      (1_735_270_496_005, "Fri Dec 27 03:34:56.005 am 2024"),
    ])
  func dates(milliseconds: Int64, text: String) throws {
    var batch = FrameBatch()
    let time = milliseconds * 1_000_000
    batch.append(CANFrame(timestamp: time, identifier: .standard(1), payload: 0, length: 0))
    var writer = LogWriter(format: .asc)
    var log: [UInt8] = []
    writer.write(batch, buses: BusNames(), to: &log)
    #expect(String(decoding: log, as: UTF8.self).hasPrefix("date \(text)\n"))
    #expect(ReadLog(log).frames.map(\.timestamp) == [time])
  }
}
