import BusbarTestSupport
import CANFrames
import Testing

/// What every binary format has to stand.
@Suite("Binary logs")
struct BinaryFormatTests {
  @Test("what is written is read again", arguments: BinarySample.formats)
  func roundTrip(format: LogFormat) {
    let log = ReadLog(BinarySample.bytes(format), format: format)
    #expect(log.notations == BinarySample.log.notations)
    #expect(log.frames.map(\.timestamp) == BinarySample.log.frames.map(\.timestamp))
    #expect(log.reader.rejections.count == 0)
    #expect(log.reader.frameCount == 7)
    guard format != .pcap else { return }
    let names = log.frames.map { log.reader.buses[$0.bus] }
    #expect(names == BinarySample.log.frames.map { BinarySample.log.reader.buses[$0.bus] })
    #expect(log.batch.events.map(\.event.kind) == [.framesDropped(3)])
    #expect(log.batch.events.map(\.position) == [4])
  }

  @Test("what cannot be written is counted")
  func omissions() {
    var batch = BinarySample.log.batch
    batch.append(BusEvent(.interfaceDown, timestamp: 0, bus: 0))
    batch.append(
      CANFrame(timestamp: CANFrame.noTime, identifier: .standard(1), payload: 0, length: 0))
    let buses = BinarySample.log.reader.buses
    let pcap = BinarySample.bytes(of: batch, buses, .pcap).omissions
    #expect(pcap[.events] == 2)
    #expect(pcap[.buses] == 8)
    #expect(pcap[.missingTimes] == 1)
    let pcapng = BinarySample.bytes(of: batch, buses, .pcapng).omissions
    #expect(pcapng[.events] == 1)
    #expect(pcapng[.busNames] == 0)
    let blf = BinarySample.bytes(of: batch, BusNames(["house", "can1"]), .blf).omissions
    #expect(blf[.busNames] == 6)
    #expect(blf[.missingTimes] == 1)
  }

  @Test("times since an unknown moment stay what they are", arguments: BinarySample.formats)
  func relativeTimes(format: LogFormat) {
    let text = ReadLog(
      candump: " (000.151000)  can0  351   [1]  1F\n (002.000001)  can0  351   [1]  1F\n")
    let (bytes, omissions) = BinarySample.bytes(of: text.batch, text.reader.buses, format)
    let log = ReadLog(bytes, format: format)
    #expect(log.frames.map(\.timestamp) == [151_000_000, 2_000_001_000])
    #expect(!log.reader.hasZonelessDates)
    #expect(omissions[.missingTimes] == 0)
  }

  @Test("reads the same in pieces of any size", arguments: BinarySample.formats, [1, 2, 3, 7, 64])
  func pieces(format: LogFormat, size: Int) {
    let bytes = BinarySample.bytes(format)
    let log = ReadLog(bytes, format: format, pieces: size)
    #expect(log.batch.frames == ReadLog(bytes, format: format).batch.frames)
    #expect(log.batch.events == ReadLog(bytes, format: format).batch.events)
    #expect(log.reader.rejections.count == 0)
  }

  @Test(
    "a log that is cut at any byte gives what was whole, and says so",
    arguments: BinarySample.formats)
  func cut(format: LogFormat) {
    let bytes = BinarySample.bytes(format)
    let whole = ReadLog(bytes, format: format).frames
    var saidNothing: [Int] = []
    for end in bytes.indices {
      let log = ReadLog(
        Array(bytes[..<end]), format: format, pieces: end.isMultiple(of: 2) ? 5 : .max)
      #expect(log.frames == Array(whole.prefix(log.frames.count)))
      if log.reader.rejections.count == 0 { saidNothing.append(end) }
      #expect(log.reasons.allSatisfy { $0 == .fileCut })
    }
    // Nothing can be said of a file that ends behind a record.
    #expect(saidNothing.count <= 16)
    #expect(saidNothing.contains(0))
  }

  @Test("damage of any kind never traps", arguments: BinarySample.formats, 0..<4)
  func mutations(format: LogFormat, seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let original = BinarySample.bytes(format)
    for _ in 0..<500 {
      var bytes = original
      for _ in 0...Int(random.next() % 4) {
        let index = Int(random.next() % UInt64(bytes.count))
        switch random.next() % 4 {
        case 0: bytes[index] = UInt8(truncatingIfNeeded: random.next())
        case 1: bytes[index] = random.next().isMultiple(of: 2) ? 0xFF : 0
        case 2: bytes.remove(at: index)
        default: bytes.insert(UInt8(truncatingIfNeeded: random.next()), at: index)
        }
      }
      let log = ReadLog(bytes, format: format, pieces: 1 + Int(random.next() % 40))
      #expect(log.frames.count <= 40)
    }
  }

  @Test("bytes that are nothing never trap", arguments: BinarySample.formats)
  func noise(format: LogFormat) {
    var random = SplitMix64(seed: 7)
    for length in [0, 1, 3, 4, 8, 23, 24, 25, 144, 1000] {
      let bytes = (0..<length).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      let log = ReadLog(bytes, format: format)
      #expect(log.frames.isEmpty)
      #expect(log.reader.rejections.count == (length == 0 ? 0 : 1))
    }
  }

  @Test("a record that is cut is told by its beginning")
  func cutPlace() throws {
    let bytes = BinarySample.bytes(.pcap)
    let entry = try #require(
      ReadLog(Array(bytes[..<(24 + 32 + 20)]), format: .pcap).reader.rejections.entries.first)
    #expect(entry.reason == .fileCut)
    #expect(entry.line == 2)
    #expect(entry.offset == 24 + 32)
  }

  @Test("a rejection tells the record and where it stands")
  func place() throws {
    var bytes = BinarySample.bytes(.pcap)
    bytes[24 + 32 + 16 + 4] = 9  // length of the second frame
    let entry = try #require(ReadLog(bytes, format: .pcap).reader.rejections.entries.first)
    #expect(entry.reason == .payloadLength)
    #expect(entry.line == 2)
    #expect(entry.offset == 24 + 32)
    #expect(entry.excerpt == "98 FF 50 E5 09 00 00 00 01 02 00 00 ...")
  }
}
