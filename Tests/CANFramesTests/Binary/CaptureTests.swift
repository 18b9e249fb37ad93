import BusbarTestSupport
import CANFrames
import Testing

@Suite("Captures of tcpdump and Wireshark")
struct CaptureTests {
  static let limits = "00000351 08000000 1F01BC02E803E700"

  /// A file's head, and the unit of its fractions.
  static let heads: [(hex: String, fraction: Int64)] = [
    ("D4C3B2A1 02000400 00000000 00000000 00000400 E3000000", 1000),
    ("A1B2C3D4 00020004 00000000 00000000 00040000 000000E3", 1000),
    ("4D3CB2A1 02000400 00000000 00000000 00000400 E3000000", 1),
    ("A1B23C4D 00020004 00000000 00000000 00040000 000000E3", 1),
  ]

  @Test("pcap in both byte orders, in microseconds and nanoseconds", arguments: 0..<4)
  func heads(index: Int) {
    let head = Self.heads[index]
    let isLittle = index.isMultiple(of: 2)
    func word(_ number: UInt32) -> [UInt8] {
      let big = (0..<4).map { UInt8(truncatingIfNeeded: number >> UInt32(24 - 8 * $0)) }
      return isLittle ? big.reversed() : big
    }
    let packet = word(1_735_270_496) + word(916_858) + word(16) + word(16) + bytes(hex: Self.limits)
    let log = ReadLog(bytes(hex: head.hex) + packet, format: .pcap)
    #expect(log.notations == ["351#1F01BC02E803E700"])
    #expect(
      log.frames.map(\.timestamp) == [1_735_270_496_000_000_000 + 916_858 * head.fraction])
    #expect(log.reader.buses[0] == nil)
  }

  /// A packet, its link type, and what becomes of it.
  struct Packet: Sendable, CustomTestStringConvertible {
    var hex: String
    var link: UInt8 = 227
    var frame: String?
    var reason: LineRejection.Reason?
    var testDescription: String
  }

  @Test(
    "a packet is read, or it is said why not",
    arguments: [
      Packet(hex: limits, frame: "351#1F01BC02E803E700", testDescription: "as the kernel has it"),
      Packet(
        hex: "00000351 02000000 1F01", frame: "351#1F01", testDescription: "without padding"),
      Packet(hex: "98FF50E5 01000000 07", frame: "18FF50E5#07", testDescription: "29 bits"),
      Packet(hex: "40000305 08000000", frame: "305#R8", testDescription: "remote, without data"),
      Packet(
        hex: "20000088 08000000 0000900000000000", frame: "error 00000088#0000900000000000",
        testDescription: "error frame"),
      Packet(
        hex: "00000120 0C040000 001122334455667788990011", reason: .flexibleDataRate,
        testDescription: "CAN FD by its flag"),
      Packet(
        hex: "00000120 0C000000" + String(repeating: "00", count: 64), reason: .flexibleDataRate,
        testDescription: "CAN FD by its buffer"),
      Packet(
        hex: "00000120 80000800 00000000 1122", reason: .extraLong, testDescription: "CAN XL"),
      Packet(
        hex: "00000351 09000000 000102030405060708", reason: .payloadLength,
        testDescription: "nine bytes"),
      Packet(
        hex: "00000351 08000000 1F01BC", reason: .packetCut, testDescription: "cut by snap length"),
      Packet(hex: "000003", reason: .packetCut, testDescription: "cut in its head"),
      Packet(
        hex: "00010351 00000000", reason: .identifierBits, testDescription: "11 bits that are 17"),
      Packet(
        hex: "FFFFFFFFFFFF00112233445508004500", link: 1, reason: .linkType,
        testDescription: "Ethernet"),
      Packet(
        hex: "0001 0118 0000 0000000000000000 000C" + limits, link: 113,
        frame: "351#1F01BC02E803E700", testDescription: "captured on any"),
      Packet(
        hex: "0004 0118 0000 0000000000000000 000C" + limits, link: 113,
        frame: "351#1F01BC02E803E700 T", testDescription: "sent, captured on any"),
      Packet(
        hex: "0001 0118 0000 0000000000000000 000D" + limits, link: 113,
        reason: .flexibleDataRate, testDescription: "CAN FD captured on any"),
      Packet(
        hex: "0000 0001 0006 0011223344550000 0800 4500", link: 113, reason: .linkType,
        testDescription: "Ethernet captured on any"),
    ])
  func packet(_ packet: Packet) {
    let body = bytes(hex: packet.hex)
    let size = UInt8(body.count)
    let head = bytes(hex: "D4C3B2A1 02000400 00000000 00000000 00000400") + [packet.link, 0, 0, 0]
    let bytes = head + [1, 0, 0, 0, 0, 0, 0, 0, size, 0, 0, 0, 80, 0, 0, 0] + body
    let log = ReadLog(bytes, format: .pcap)
    #expect(log.notations == (packet.frame.map { [$0] } ?? []))
    #expect(log.reasons == (packet.reason.map { [$0] } ?? []))
    #expect(log.reader.lineCount == 1)
  }

  @Test("a newer capture on any tells the interface")
  func cookedWithInterface() {
    let head = bytes(hex: "D4C3B2A1 02000400 00000000 00000000 00000400 14010000")
    let packet = bytes(hex: "000C 0000 00000003 0118 01 00 0000000000000000" + Self.limits)
    let bytes =
      head + [1, 0, 0, 0, 0, 0, 0, 0, UInt8(packet.count), 0, 0, 0, 36, 0, 0, 0] + packet
    let log = ReadLog(bytes, format: .pcap)
    #expect(log.notations == ["351#1F01BC02E803E700"])
    #expect(log.reader.buses.names == ["if3"])
  }

  static let section = "0A0D0D0A 1C000000 4D3C2B1A 01000000 FFFFFFFFFFFFFFFF 1C000000"

  /// An interface with options in hex.
  static func interface(_ options: String = "", link: String = "E3000000") -> String {
    block("01000000", link + "00000000" + options)
  }

  static func block(_ type: String, _ body: String) -> String {
    let size = 12 + body.filter { !$0.isWhitespace }.count / 2
    let length = ["\(size & 15)", "\(size >> 4)"].map { Int($0) ?? 0 }
    let hex = String(length[1] << 4 | length[0], radix: 16)
    let padded = String(repeating: "0", count: 2 - hex.count) + hex + "000000"
    return type + padded + body + padded
  }

  /// A packet of an interface at so many ticks.
  static func packet(_ ticks: String, interface: String = "00000000", _ options: String = "")
    -> String
  {
    block("06000000", interface + ticks + "10000000 10000000" + limits + options)
  }

  @Test("interfaces without a name are buses of their own")
  func unnamedInterfaces() {
    let log = ReadLog(
      bytes(
        hex: Self.section + Self.interface() + Self.interface()
          + Self.packet("00000000 01000000")
          + Self.packet("00000000 02000000", interface: "01000000")), format: .pcapng)
    #expect(log.frames.map { log.reader.buses[$0.bus] } == [nil, "if1"])
  }

  @Test("a time that no log can have is told, and no two times are too far apart to compare")
  func extremeTimes() {
    // 4.6 and 4.7 billion seconds: in the year 2115, and in 2118.
    let offsets = ["00BA2D12 01000000", "009B2318 01000000"]
    let packets = offsets.map { offset in
      Self.section + Self.interface("0E00 0800" + offset) + Self.packet("00000000 00000000")
    }
    let log = ReadLog(bytes(hex: packets.joined()), format: .pcapng)
    #expect(log.frames.count == 1)
    #expect(log.reasons == [.timeRange])
    #expect(log.frames.allSatisfy { CANFrame.times.contains($0.timestamp) })
  }

  @Test(
    "pcapng's units of time",
    arguments: [
      ("", "00000000 40420F00", 1_000_000_000),
      ("0900 0100 09000000", "01000000 00000000", 4_294_967_296),
      ("0900 0100 03000000", "00000000 01000000", 1_000_000),
      ("0900 0100 00000000", "00000000 02000000", 2_000_000_000),
      ("0900 0100 0C000000", "00000000 E8030000", 1),
      ("0900 0100 8A000000", "00000000 00060000", 1_500_000_000),  // 1536 / 1024 s
      ("0900 0100 A0000000", "01000000 00000080", 1_500_000_000),  // 2^-32 s
      ("0900 0100 09000000 0E00 0800 0500000000000000", "00000000 01000000", 5_000_000_001),
    ])
  func resolution(options: String, ticks: String, time: Int64) {
    let log = ReadLog(
      bytes(hex: Self.section + Self.interface(options) + Self.packet(ticks)), format: .pcapng)
    #expect(log.frames.map(\.timestamp) == [time])
    #expect(log.reader.rejections.count == 0)
  }

  @Test("a time that does not fit is named, and an interface that is not there")
  func badTime() {
    let far = Self.packet("FFFFFFFF FFFFFFFF")
    let stray = Self.packet("00000000 00000000", interface: "07000000")
    let log = ReadLog(bytes(hex: Self.section + Self.interface() + far + stray), format: .pcapng)
    #expect(log.frames.isEmpty)
    #expect(log.reasons == [.timeRange, .unknownInterface])
    #expect(log.reader.rejections.entries.map(\.line) == [3, 4])
  }

  @Test("interfaces have names, sections begin anew, unknown blocks are skipped")
  func sections() {
    let named = Self.interface("0200 0400 63616E37")
    let unknown = Self.block("AD0B0000", "0102030405060708")
    let other = Self.interface(link: "01000000")
    let text =
      Self.section + unknown + named + other + Self.packet("00000000 01000000")
      + Self.packet("00000000 01000000", interface: "01000000")
      + Self.section + Self.interface("0200 0400 63616E38") + Self.packet("00000000 02000000")
    let log = ReadLog(bytes(hex: text), format: .pcapng)
    #expect(log.frames.map { log.reader.buses[$0.bus] } == ["can7", "can8"])
    #expect(log.reasons == [.linkType])
    #expect(log.reader.lineCount == 9)
  }

  @Test("losses are told where they were, and not twice")
  func losses() {
    // Two before the second packet; statistics that count five in all.
    let text =
      Self.section + Self.interface() + Self.packet("00000000 01000000")
      + Self.packet("00000000 02000000", "0400 0800 0200000000000000 00000000")
      + Self.block("05000000", "00000000 00000000 03000000 0500 0800 0500000000000000")
    let log = ReadLog(bytes(hex: text), format: .pcapng)
    #expect(log.batch.events.map(\.event.kind) == [.framesDropped(2), .framesDropped(3)])
    #expect(log.batch.events.map(\.position) == [1, 2])
    #expect(log.batch.events.last?.event.timestamp == 3000)
  }

  @Test("packets without a time, and of the first draft")
  func oldPackets() {
    let simple = Self.block("03000000", "10000000" + Self.limits)
    let old = Self.block(
      "02000000", "0000 0300 00000000 01000000 10000000 10000000" + Self.limits)
    let log = ReadLog(
      bytes(hex: Self.section + Self.interface() + simple + old), format: .pcapng)
    #expect(log.frames.map(\.timestamp) == [CANFrame.noTime, 1000])
    #expect(log.batch.events.map(\.event.kind) == [.framesDropped(3)])
  }

  @Test("a section with its highest byte first")
  func bigEndian() {
    let text = """
      0A0D0D0A 0000001C 1A2B3C4D 00010000 FFFFFFFFFFFFFFFF 0000001C
      00000001 00000014 00E30000 00000000 00000014
      00000006 00000030 00000000 00000000 00000001 00000010 00000010 \(Self.limits) 00000030
      """
    let log = ReadLog(bytes(hex: text), format: .pcapng)
    #expect(log.notations == ["351#1F01BC02E803E700"])
    #expect(log.frames.map(\.timestamp) == [1000])
  }

  @Test("a block of a gigabyte is skipped, not kept")
  func hugeBlock() {
    let text = Self.section + Self.interface() + "06000000 00000040 00000000"
    var reader = LogReader(format: .pcapng)
    var batch = FrameBatch()
    let head = bytes(hex: text)
    reader.read(head.span, into: &batch)
    let piece = [UInt8](repeating: 0, count: 1 << 20)
    for _ in 0..<1023 { reader.read(piece.span, into: &batch) }
    #expect(reader.rejections.entries.map(\.reason) == [.recordLength])
    reader.finish(into: &batch)
    #expect(reader.rejections.entries.map(\.reason) == [.recordLength, .fileCut])
  }
}
