import BusbarTestSupport
import CANFrames
import Testing

@Suite("CSV of SavvyCAN, python-can and Cabana")
struct CSVTests {
  /// A file, the lines that ``ReadLog`` makes of it, and why it is in the table.
  struct Row: Sendable, CustomTestStringConvertible {
    var text: String
    var format: LogFormat
    var lines: [String]
    var testDescription: String
  }

  static let limits = "351#1F01BC02E803E700"

  @Test(
    "reads a frame",
    arguments: [
      Row(
        text: "Time Stamp,ID,Extended,Dir,Bus,LEN,D1,D2,D3,D4,D5,D6,D7,D8\n"
          + "39747828,00000351,false,Rx,0,8,1F,01,BC,02,E8,03,E7,00,\n"
          + "39747829,18FF50E5,true,Tx,1,2,01,02,,,,,,,\n",
        format: .gvret,
        lines: ["39747828000 can0 \(limits)", "39747829000 can1 18FF50E5#0102 T"],
        testDescription: "SavvyCAN with direction"),
      Row(
        text: "Time Stamp,ID,Extended,Bus,LEN,D1,D2,D3,D4,D5,D6,D7,D8\n"
          + "1735270496916858,00000351,false,0,8,1F,01,BC,02,E8,03,E7,00\n",
        format: .gvret, lines: ["1735270496916858000 can0 \(limits)"],
        testDescription: "SavvyCAN before directions; time since 1970"),
      Row(
        text: "39747828,00000351,False,Rx,0,1,1F\r\n", format: .gvret,
        lines: ["39747828000 can0 351#1F"],
        testDescription: "SavvyCAN without a head, with Windows line ends"),
      Row(
        text: "timestamp,arbitration_id,extended,remote,error,dlc,data\n"
          + "1735270496.916858,0x351,0,0,0,8,HwG8AugD5wA=\n"
          + "1735270496.916858123,0x18ff50e5,1,0,0,2,AQI=\n1e-05,0x305,0,1,0,8,\n"
          + "2.5,0x88,0,0,1,8,AACQAAAAAAA=\n3.0,0x1,0,0,0,0,\n",
        format: .pythonCAN,
        lines: [
          "1735270496916858000 - \(limits)", "1735270496916858123 - 18FF50E5#0102",
          "10000 - 305#R8", "2500000000 - error 00000088#0000900000000000",
          "3000000000 - 001#",
        ], testDescription: "python-can"),
      Row(
        text: "\u{FEFF}time,addr,bus,data\n240.479115,849,0,1f01bc02e803e700\n"
          + "240.479116,0x18FF50E5,129,0x0102\n240.479117.0,5,2,\n",
        format: .cabana,
        lines: [
          "240479115000 can0 \(limits)", "240479116000 can1 18FF50E5#0102 T",
          "240479117000 can2 005#",
        ], testDescription: "Cabana: sent frames, numbers in hex, SavvyCAN's extra decimals"),
    ])
  func reads(_ row: Row) {
    let log = ReadLog(row.text)
    #expect(log.reader.format == row.format)
    #expect(log.lines == row.lines)
    #expect(log.complaints == [])
  }

  @Test(
    "says why a row is no frame, and where",
    arguments: [
      (LogFormat.gvret, "now,351,false,Rx,0,1,1F,", "1:1 microseconds"),
      (.gvret, "1,1800,false,Rx,0,1,1F,", "1:3 hexIdentifier"),
      (.gvret, "1,351,perhaps,Rx,0,1,1F,", "1:7 gvretRow"),
      (.gvret, "1,351,false,Rx,256,1,1F,", "1:16 busNumber"),
      (.gvret, "1,351,false,Rx,0,9,1F,", "1:18 plainLength"),
      (.gvret, "1,351,false,Rx,0,2,1F,", "1:23 tooFewBytes"),
      (.gvret, "1,351,false,Rx,0,1,1G,", "1:20 data"),
      (.pythonCAN, "now,0x351,0,0,0,1,Hw==", "1:1 seconds"),
      (.pythonCAN, "1.0,0x1800,0,0,0,1,Hw==", "1:5 hexIdentifier"),
      (.pythonCAN, "1.0,0x351,2,0,0,1,Hw==", "1:11 pythonCANRow"),
      (.pythonCAN, "1.0,0x351,0,0,0,12,HwG8AugD5wAfAbwC", "1:17 flexibleDataRate"),
      (.pythonCAN, "1.0,0x351,0,0,0,1,H*==", "1:19 base64"),
      (.pythonCAN, "1.0,0x351,0,0,0,2,Hw==", "1:23 tooFewBytes"),
      (.pythonCAN, "1.0,0x351,0,0,0,1,HwG8", "1:22 tooManyBytes"),
      (.cabana, "now,849,0,1f", "1:1 seconds"),
      (.cabana, "1.0,0x2FFFFFFFF,0,1f", "1:5 cabanaAddress"),
      (.cabana, "1.0,849,,1f", "1:9 busNumber"), (.cabana, "1.0,849,0", "1:10 cabanaRow"),
      (.cabana, "1.0,849,0,1f0", "1:13 data"),
      (.cabana, "1.0,849,0,1f01bc02e803e7001f01bc02", "1:11 flexibleDataRate"),
      (.cabana, "1.0,849,0,1f01bc02e803e70011", "1:27 tooManyBytes"),
    ])
  func rejects(format: LogFormat, row: String, complaint: String) {
    let log = ReadLog(row + "\n", format: format)
    #expect(log.complaints == [complaint])
    #expect(log.frames.isEmpty)
  }

  @Test(
    "writes rows as the programs do that invented them",
    arguments: [
      (LogFormat.gvret, "1735270497116860,00000351,false,Rx,0,2,1F,01,,,,,,,"),
      (.pythonCAN, "1735270497.116860,0x351,0,0,0,2,HwE="),
      (.cabana, "1735270497.116860,849,0,1f01"),
      (.candump, "(1735270497.116860) can0 351#1F01"),
      (.candumpText, " (1735270497.116860)  can0  351   [2]  1F 01"),
    ])
  func writes(format: LogFormat, line: String) {
    let text = String(decoding: SampleTraffic.log(format), as: UTF8.self)
    #expect(text.split(separator: "\n").contains { $0 == line })
  }
}
