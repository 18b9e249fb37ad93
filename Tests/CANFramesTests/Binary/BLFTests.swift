import BusbarTestSupport
import CANFrames
import Testing

@Suite("Vector BLF")
struct BLFTests {
  /// A file's head: 2024-12-27 03:34:56.916, or no date.
  static func head(hasDate: Bool = true) -> [UInt8] {
    var head = bytes(hex: "4C4F4747 90000000") + [UInt8](repeating: 0, count: 136)
    let date = bytes(hex: "E807 0C00 0500 1B00 0300 2200 3800 9403")
    if hasDate { head.replaceSubrange(40..<56, with: date) }
    return head
  }

  /// An object with a first head; `body` is what follows it, and padding the rest of its length by 4.
  static func object(_ kind: UInt8, _ body: [UInt8], heads: UInt8 = 32) -> [UInt8] {
    let length = 16 + body.count
    return bytes(hex: "4C4F424A") + [heads, 0, 1, 0, UInt8(length & 255), UInt8(length >> 8), 0, 0]
      + [kind, 0, 0, 0] + body + [UInt8](repeating: 0, count: length % 4)
  }

  /// A second head: the unit of the time, and the time.
  static func time(_ flags: UInt8, _ ticks: UInt8) -> [UInt8] {
    [flags, 0, 0, 0, 0, 0, 0, 0, ticks, 0, 0, 0, 0, 0, 0, 0]
  }

  static func container(_ content: [UInt8], method: UInt8 = 0) -> [UInt8] {
    object(
      10,
      [method, 0, 0, 0, 0, 0, 0, 0, UInt8(content.count & 255), UInt8(content.count >> 8)]
        + [0, 0, 0, 0, 0, 0] + content, heads: 16)
  }

  static let limits = "51030000 1F01BC02E803E700"

  struct Row: Sendable, CustomTestStringConvertible {
    var kind: UInt8
    var body: String
    var frame: String?
    var bus: String? = "can0"
    var reason: LineRejection.Reason?
    var testDescription: String
  }

  @Test(
    "an object is read, or it is said why not",
    arguments: [
      Row(
        kind: 1, body: "0100 00 08" + limits, frame: "351#1F01BC02E803E700",
        testDescription: "CAN_MESSAGE"),
      Row(
        kind: 86, body: "0300 01 08" + limits + "00000000 00 00 0000",
        frame: "351#1F01BC02E803E700 T", bus: "can2", testDescription: "CAN_MESSAGE2, sent"),
      Row(kind: 1, body: "0100 02 08" + limits, testDescription: "a request to send: skipped"),
      Row(
        kind: 1, body: "0100 00 02 E550FF98 0102000000000000", frame: "18FF50E5#0102",
        testDescription: "29 bits"),
      Row(
        kind: 1, body: "0100 80 08 05030000 0000000000000000", frame: "305#R8",
        testDescription: "remote"),
      Row(
        kind: 1, body: "0100 00 0E" + limits, frame: "351#1F01BC02E803E700",
        testDescription: "length code 14 means eight bytes"),
      Row(
        kind: 1, body: "0100 00 10" + limits, reason: .payloadLength,
        testDescription: "a length that is no code"),
      Row(
        kind: 1, body: "0100 00 08 51030010 1F01BC02E803E700", reason: .identifierBits,
        testDescription: "more than eleven bits"),
      Row(
        kind: 1, body: "0100 00 08 51030000 1F01", reason: .recordLength,
        testDescription: "fewer bytes than the length says"),
      Row(
        kind: 100, body: "0100 00 08 51030000 00000000 00 01 08 0000000000" + "1F01BC02E803E700",
        reason: .flexibleDataRate, testDescription: "CAN FD"),
      Row(
        kind: 100, body: "0100 00 02 51030000 00000000 00 00 02 0000000000" + "1F01",
        frame: "351#1F01", testDescription: "a classic frame of an FD channel"),
      Row(
        kind: 101,
        body: "01 02 02 00 51030000 00000000 00000000" + String(repeating: "00", count: 24)
          + "1F01", frame: "351#1F01", testDescription: "a classic frame in the newer form"),
      Row(
        kind: 101,
        body: "01 02 02 00 51030000 00000000 00000000" + String(repeating: "00", count: 18)
          + "01 00 00000000" + "1F01", frame: "351#1F01 T",
        testDescription: "a sent frame in the newer form"),
      Row(
        kind: 101,
        body: "01 02 02 00 51030000 00000000 00100000" + String(repeating: "00", count: 24)
          + "1F01", reason: .flexibleDataRate, testDescription: "CAN FD in the newer form"),
      Row(
        kind: 2, body: "0100 0000 00000000", frame: "error 00000080#",
        testDescription: "an error without details"),
      Row(
        kind: 73,
        body: "0100 0000 00000000 00 00 08 00 00000000 88000000 0000 0000 0000900000000000",
        frame: "error 00000088#0000900000000000",
        testDescription: "an error with the kernel's classes"),
      Row(
        kind: 73,
        body: "0100 0000 01000000 E3 00 08 00 00000000 51030000 0000 0000 0000900000000000",
        frame: "error 00000080#", testDescription: "an error with a controller's register"),
      Row(kind: 65, body: "00000000", testDescription: "a text: skipped"),
    ])
  func object(_ row: Row) {
    let object = Self.object(row.kind, Self.time(2, 5) + bytes(hex: row.body))
    for file in [Self.head() + object, Self.head() + Self.container(object)] {
      let log = ReadLog(file, format: .blf)
      #expect(log.notations == (row.frame.map { [$0] } ?? []))
      #expect(log.reasons == (row.reason.map { [$0] } ?? []))
      if let frame = log.frames.first { #expect(log.reader.buses[frame.bus] == row.bus) }
    }
  }

  @Test("a bus keeps its number, whichever comes first")
  func buses() {
    var batch = FrameBatch()
    for bus: UInt8 in 0..<3 {
      batch.append(
        CANFrame(timestamp: 0, identifier: .standard(0x351), payload: 0, length: 0, bus: bus))
    }
    var writer = LogWriter(format: .blf)
    var log: [UInt8] = []
    writer.write(batch, buses: BusNames(["can1", "slcan0", "can0"]), to: &log)
    writer.finish(to: &log)
    let read = ReadLog(log)
    #expect(read.frames.map { read.reader.buses[$0.bus] } == ["can1", "can2", "can0"])
    #expect(writer.omissions[.busNames] == 1)
  }

  @Test("times are since the file's start, in both units")
  func times() {
    let message = bytes(hex: "0100 00 08" + Self.limits)
    let objects =
      Self.object(1, Self.time(1, 5) + message) + Self.object(1, Self.time(2, 5) + message)
    let start: Int64 = 1_735_270_496_916_000_000
    let log = ReadLog(Self.head() + objects, format: .blf)
    #expect(log.frames.map(\.timestamp) == [start + 50_000, start + 5])
    #expect(log.reader.hasZonelessDates)
    let undated = ReadLog(Self.head(hasDate: false) + objects, format: .blf)
    #expect(undated.frames.map(\.timestamp) == [50_000, 5])
    #expect(!undated.reader.hasZonelessDates)

    let east = ReadLog(Self.head() + objects, format: .blf, zone: 3600)
    #expect(east.frames.first?.timestamp == start + 50_000 - 3_600_000_000_000)
  }

  @Test("an object goes on in the next container", arguments: [1, 4, 15, 16, 20, 40, 47])
  func straddles(cut: Int) {
    let message = Self.object(1, Self.time(2, 5) + bytes(hex: "0100 00 08" + Self.limits))
    let objects = message + message
    let containers =
      Self.container(Array(objects[..<cut])) + Self.container(Array(objects[cut...]))
    let log = ReadLog(Self.head() + containers, format: .blf)
    #expect(log.frames.count == 2)
    #expect(log.reader.rejections.count == 0)
    // Two containers and two messages.
    #expect(log.reader.lineCount == 4)
  }

  @Test("after damage the next object is found")
  func damage() {
    let message = Self.object(1, Self.time(2, 5) + bytes(hex: "0100 00 08" + Self.limits))
    let noise = [UInt8](repeating: 0x4C, count: 30)
    let log = ReadLog(Self.head() + message + noise + message, format: .blf)
    #expect(log.frames.count == 2)
    #expect(log.reasons == [.damagedRecord])
    var broken = message
    broken[8] = 3  // an object shorter than its heads
    let second = ReadLog(Self.head() + broken + message, format: .blf)
    #expect(second.frames.count == 1)
    #expect(second.reasons == [.damagedRecord])
  }

  @Test("a container that cannot be unpacked is named")
  func unknownMethod() {
    let log = ReadLog(Self.head() + Self.container([1, 2, 3, 4], method: 7), format: .blf)
    #expect(log.reasons == [.containerMethod])
    let packed = ReadLog(Self.head() + Self.container([1, 2, 3, 4], method: 2), format: .blf)
    #expect(packed.reasons == [.containerMethod], "without somebody who unpacks")
  }

  @Test("losses become an event")
  func losses() {
    let lost = Self.object(
      126, Self.time(2, 5) + bytes(hex: "00000000 0000000000000000 07000000"))
    let log = ReadLog(Self.head() + lost, format: .blf)
    #expect(log.batch.events.map(\.event.kind) == [.framesDropped(7)])
  }

  @Test("the head that is written at the end counts what there is")
  func finishedHead() {
    var writer = BLFWriter()
    var file: [UInt8] = []
    writer.write(
      BinarySample.log.batch, buses: BinarySample.log.reader.buses, to: &file)
    writer.finish(to: &file)
    let head = writer.finishedHead
    #expect(head.count == 144)
    #expect(file.count == 144 + 32 + 5 * 48 + 64 + 64 + 48 - 16 + 0)
    #expect(head[16] == UInt8(file.count & 255) && head[17] == UInt8(file.count >> 8))
    #expect(head[32] == 8, "seven frames and a loss")
    // 2024-12-27 was a Friday; the end is 03:34:58.000.
    #expect(Array(head[40..<56]) == bytes(hex: "E807 0C00 0500 1B00 0300 2200 3800 9403"))
    #expect(Array(head[56..<72]) == bytes(hex: "E807 0C00 0500 1B00 0300 2200 3A00 0000"))
  }

  @Test("time that steps back before the file's start is counted")
  func backwards() {
    let text = ReadLog(candump: "(1735270496.9) can0 351#00\n(1735270490.1) can0 351#01\n")
    let (file, omissions) = BinarySample.bytes(of: text.batch, text.reader.buses, .blf)
    #expect(omissions[.backwardTimes] == 1)
    #expect(ReadLog(file, format: .blf).notations == ["351#00", "351#01"])
  }
}
