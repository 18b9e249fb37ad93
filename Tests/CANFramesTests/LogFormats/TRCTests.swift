import BusbarTestSupport
import CANFrames
import Testing

@Suite("PEAK TRC")
struct TRCTests {
  /// A file, the lines that ``ReadLog`` makes of it, and why it is in the table.
  struct Row: Sendable, CustomTestStringConvertible {
    var text: String
    var lines: [String]
    var testDescription: String
  }

  /// 45653.149269351852 is 2024-12-27T03:34:56.872Z.
  static let start = ";$STARTTIME=45653.149269351852\r\n"

  @Test(
    "reads a frame",
    arguments: [
      Row(
        text: ";######\n;   C:\\trace.trc\n;----+- ---+--- ----+--- + -+ -- -- ...\n"
          + "     1)      1059  0351  8  1F 01 BC 02 E8 03 E7 00\n"
          + "     2)      1060  18FF50E5  2  01 02\n     3)   1061  0305  8  RTR\n",
        lines: [
          "1059000000 - 351#1F01BC02E803E700", "1060000000 - 18FF50E5#0102",
          "1061000000 - 305#R8",
        ], testDescription: "1.0: no direction, no head"),
      Row(
        text: ";$FILEVERSION=1.1\r\n" + start
          + "     1)      1059.9  Rx         0351  8  1F 01 BC 02 E8 03 E7 00 \r\n"
          + "     2)      1060.4  Tx     18FF50E5  2  01 02\r\n"
          + "     3)      1061.0  Rx         0305  8  RTR\r\n"
          + "     4)      1070.0  Warng  FFFFFFFF  4  00 00 00 08 BUSHEAVY\r\n",
        lines: [
          "1735270497931900000 - 351#1F01BC02E803E700", "1735270497932400000 - 18FF50E5#0102 T",
          "1735270497933000000 - 305#R8",
          "1735270497942000000 - error 00000004#000C000000000000",
        ], testDescription: "1.1: with direction; a controller near its limit"),
      Row(
        text: ";$FILEVERSION=1.3\r\n" + start
          + "     1)      1059.900 1  Rx        0351 -  2    1F 01\r\n"
          + "     2)      1060.400 2  Tx    18FF50E5 -  2    01 02\r\n"
          + "     3)      1061.000 2  Rx        0305 -  8    RTR\r\n",
        lines: [
          "1735270497931900000 can0 351#1F01", "1735270497932400000 can1 18FF50E5#0102 T",
          "1735270497933000000 can1 305#R8",
        ], testDescription: "1.3: with bus"),
      Row(
        text: ";$FILEVERSION=2.0\r\n" + start + ";$COLUMNS=N,O,T,I,d,l,D\r\n"
          + "      1      1059.900 DT     0351 Rx 8  1F 01 BC 02 E8 03 E7 00 \r\n"
          + "      2      1060.400 RR     0305 Rx 8  \r\n",
        lines: ["1735270497931900000 - 351#1F01BC02E803E700", "1735270497932400000 - 305#R8"],
        testDescription: "2.0: columns of its own"),
      Row(
        text: ";$FILEVERSION=2.1\r\n" + start + ";$COLUMNS=N,O,T,B,I,d,R,L,D\r\n"
          + "      1      1059.900 DT 1      0351 Rx -  8    1F 01 BC 02 E8 03 E7 00\r\n"
          + "      2      1061.000 RR 1      0305 Rx -  8\r\n"
          + "      3      1075.100 ST 1               00 00 00 10\r\n"
          + "      4      1075.200 ER 1         - Rx -  5    04 00 02 00 00\r\n"
          + "      5      1075.300 EC 1         - Rx -  2    02 02\r\n"
          + "      6      1076.000 DT 2  18FF50E5 Tx -  2    01 02\r\n",
        lines: [
          "1735270497931900000 can0 351#1F01BC02E803E700", "1735270497933000000 can0 305#R8",
          "1735270497947100000 can0 error 00000040#0000000000000000",
          "1735270497947200000 can0 error 00000080#0000000000000000",
          "1735270497948000000 can1 18FF50E5#0102 T",
        ], testDescription: "2.1: bus off, an error frame, a counter"),
    ])
  func reads(_ row: Row) {
    let log = ReadLog(row.text)
    #expect(log.reader.format == .trc)
    #expect(log.lines == row.lines)
    #expect(log.complaints == [])
  }

  @Test(
    "says why a line is no frame, and where",
    arguments: [
      ("  1  1.0 DT 1 0800 Rx - 1 00", "3:15 trcIdentifier"),
      ("  1  1.0 FD 1 0100 Rx - 12 00", "3:10 flexibleDataRate"),
      ("  1  1.0 XX 1 0100 Rx - 1 00", "3:10 trcType"),
      ("  1  one DT 1 0100 Rx - 1 00", "3:6 milliseconds"), ("hello", "3:1 trcFrame"),
      ("  1  1.0 DT 1 0100 Rx - 2 00", "3:29 tooFewBytes"),
      ("  1  1.0 DT 1 0100 Rx - 2 00 0", "3:30 data"),
      ("  1  1.0 DT 999 0100 Rx - 1 00", "3:13 busNumber"),
      ("  1  1.0 DT 1 0100 Rx - 16 00", "3:25 plainLength"),
      (";$STARTTIME=soon", "3:13 startTime"), (";$COLUMNS=N,O", "3:11 trcColumns"),
    ])
  func rejects(line: String, complaint: String) {
    let log = ReadLog(
      ";$FILEVERSION=2.1\n;$COLUMNS=N,O,T,B,I,d,R,L,D\n\(line)\n  2  2.0 DT 1 0100 Rx - 0\n")
    #expect(log.complaints == [complaint])
    #expect(log.frames.count == 1, "the line behind it is read")
  }

  @Test(
    "start times are exact to the microsecond", arguments: [0, 1, 499_999, 500_001, 86_399_999])
  func startTimes(milliseconds: Int64) throws {
    let time = 1_735_257_600_000_000_000 + milliseconds * 1_000_000 + 7000
    var batch = FrameBatch()
    batch.append(CANFrame(timestamp: time, identifier: .standard(1), payload: 0, length: 0))
    var writer = LogWriter(format: .trc)
    var log: [UInt8] = []
    writer.write(batch, buses: BusNames(), to: &log)
    #expect(ReadLog(log).frames.map(\.timestamp) == [time])
  }

  @Test("writes version 2.1 as PEAK does")
  func writes() {
    let lines = String(decoding: SampleTraffic.log(.trc), as: UTF8.self).split(
      separator: "\r\n"
    ).map(String.init)
    #expect(lines[0] == ";$FILEVERSION=2.1")
    #expect(lines[2] == ";$COLUMNS=N,O,T,B,I,d,R,L,D")
    #expect(lines.contains("      3       200.860 DT  1     0351 Rx -  2    1F 01"))
    #expect(lines.contains { $0.contains(" RR  1     0305 Rx -  8") })
    #expect(lines.contains { $0.contains(" ER  1        - Rx -") })
  }

  /// A version, and lines in the columns that PEAK's own examples of it have.
  struct Version: Sendable, CustomTestStringConvertible {
    var format: LogFormat
    var lines: [String]
    var testDescription: String
  }

  @Test(
    "writes older versions as PEAK does",
    arguments: [
      Version(
        format: .trc11,
        lines: [
          ";$FILEVERSION=1.1", "     3)       200.8  Rx         0351  2  1F 01",
          "    12)      1100.8  Rx     18FF50E5  2  1F 01",
          "    36)      3500.8  Rx     18FF50E5  3  RTR",
          "    37)      3600.8  Error      0008  0 ",
        ], testDescription: "1.1: no bus, tenths of a millisecond"),
      Version(
        format: .trc13,
        lines: [
          ";$FILEVERSION=1.3", "     3)       200.860 1  Rx        0351 -  2    1F 01",
          "     2)       100.859 2  Rx        0351 -  1    1F",
          "    36)      3500.893 2  Rx    18FF50E5 -  3    RTR",
          "    37)      3600.894 1  Error     0008 -  0   ",
        ], testDescription: "1.3: the bus before the type"),
      Version(
        format: .trc20,
        lines: [
          ";$FILEVERSION=2.0", ";$COLUMNS=N,O,T,I,d,l,D",
          "      3       200.860 DT     0351 Rx 2  1F 01",
          "     36      3500.893 RR 18FF50E5 Rx 3 ",
          "     37      3600.894 ER        - Rx 0 ",
        ], testDescription: "2.0: columns without a bus"),
    ])
  func writesOlder(version: Version) {
    let text = String(decoding: SampleTraffic.log(version.format), as: UTF8.self)
    let lines = text.split(separator: "\r\n").map(String.init)
    for line in version.lines { #expect(lines.contains(line), "\(line)") }
  }
}
