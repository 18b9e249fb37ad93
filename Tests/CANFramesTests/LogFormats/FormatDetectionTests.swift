import BusbarTestSupport
import CANFrames
import Testing

@Suite("The format of a log is found by what it begins with")
struct FormatDetectionTests {
  @Test(
    "knows the format of",
    arguments: [
      ("(1735270496.916858) can0 351#1F01\n", LogFormat.candump),
      ("# a note\n\n351#1F01\n", .candump), ("  can0  351   [2]  1F 01\n", .candumpText),
      ("Hello,\nmy BMS says:\n> can0 351 [2] 1F 01\n", .candumpText),
      ("(1735270498.000800) can0 120##5001122\n", .candump),
      ("DROPCOUNT: dropped 3 CAN frames on 'can0' socket (total drops 3)\n", .candump),
      ("date Fri Dec 27 03:34:56.916 am 2024\n", .asc), ("base dec  timestamps relative\n", .asc),
      ("   0.010000 1  351             Rx   d 1 1F\n", .asc),
      ("   0.010000 CANFD   1 Rx        120    1 0 9 12 00\n", .asc),
      (";##########\n;   C:\\trace.trc\n     1)      1059  0351  1  1F\n", .trc),
      (";$FILEVERSION=2.1\n", .trc), ("Time Stamp,ID,Extended,Dir,Bus,LEN,D1\n", .gvret),
      ("39747828,00000351,false,Rx,0,1,1F,\n", .gvret),
      ("timestamp,arbitration_id,extended\n", .pythonCAN),
      ("1.5,0x351,0,0,0,1,Hw==\n", .pythonCAN), ("time,addr,bus,data\n", .cabana),
      ("240.479115,849,0,1f01\n", .cabana), ("", .candump), ("hello\n", .candump),
    ])
  func knows(text: String, format: LogFormat) {
    #expect(ReadLog(text).reader.format == format)
    #expect(ReadLog(Array(text.utf8), pieces: 1).reader.format == format)
  }

  @Test("a live log is known with its first line")
  func live() {
    var reader = LogReader()
    var batch = FrameBatch()
    #expect(reader.format == nil)
    reader.read(Array("(1735270496.916858) can0 351".utf8).span, into: &batch)
    #expect(reader.format == nil)
    reader.read(Array("#1F01\n".utf8).span, into: &batch)
    #expect(reader.format == .candump)
    #expect(batch.frames.count == 1)
  }

  @Test("a long text without a frame is candump's, and each of its lines is told of")
  func longText() {
    let text = String(repeating: "nothing to see here\n", count: 10_000)
    let log = ReadLog(text)
    #expect(log.reader.format == .candump)
    #expect(log.reader.rejections.count == 10_000)
    #expect(ReadLog(Array(text.utf8), pieces: 999).reader.rejections == log.reader.rejections)
  }

  @Test("a format that was given is not looked for")
  func given() {
    let log = ReadLog("(1735270496.916858) can0 351#1F01\n", format: .asc)
    #expect(log.reader.format == .asc)
    #expect(log.complaints == ["1:1 ascFrame"])
  }

  @Test(
    "binary formats are known by their first bytes",
    arguments: [
      ([0xA1, 0xB2, 0xC3, 0xD4], LogFormat.pcap), ([0xD4, 0xC3, 0xB2, 0xA1], .pcap),
      ([0xA1, 0xB2, 0x3C, 0x4D], .pcap), ([0x4D, 0x3C, 0xB2, 0xA1], .pcap),
      ([0x0A, 0x0D, 0x0D, 0x0A], .pcapng), ([0x4C, 0x4F, 0x47, 0x47], .blf),
    ] as [([UInt8], LogFormat)])
  func magic(bytes: [UInt8], format: LogFormat) {
    let log = bytes + [0, 0, 0, 0]
    #expect(ReadLog(log).reader.format == format)
    #expect(ReadLog(log, pieces: 1).reader.format == format)
    #expect(ReadLog(log).frames.isEmpty)
  }

  @Test("every format has a title of its own")
  func titles() {
    #expect(Set(LogFormat.allCases.map(\.title)).count == LogFormat.allCases.count)
  }
}
