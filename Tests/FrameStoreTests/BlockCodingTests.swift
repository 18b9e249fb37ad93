import BusbarTestSupport
import CANFrames
import Testing

@testable import FrameStore

@Suite("Blocks")
struct BlockCodingTests {
  struct Recording: CustomTestStringConvertible {
    var testDescription: String
    var frames: [CANFrame]
  }

  static let recordings = [
    Recording(testDescription: "a single frame", frames: Traffic.battery(1)),
    Recording(testDescription: "two frames", frames: Traffic.battery(2)),
    Recording(testDescription: "an hour of a BMS", frames: Traffic.battery(36_000)),
    Recording(
      testDescription: "a few of everything", frames: Traffic.chaos(50, identifiers: 4, seed: 2)),
    Recording(
      testDescription: "times without order",
      frames: Traffic.chaos(20_000, identifiers: 30, seed: 3)),
    Recording(
      testDescription: "thousands of identifiers",
      frames: Traffic.chaos(20_000, identifiers: 1 << 29, seed: 4)),
    Recording(
      testDescription: "every frame at the same time",
      frames: Traffic.chaos(3000, identifiers: 9, seed: 5).map { frame in
        var frame = frame
        frame.timestamp = Traffic.start
        return frame
      }),
    Recording(
      testDescription: "a pause of hours",
      frames: Traffic.battery(5000)
        + Traffic.battery(5000, from: Traffic.start + 20_000_000_000_000)),
    Recording(
      testDescription: "nanoseconds",
      frames: Traffic.battery(5000).enumerated().map { number, frame in
        var frame = frame
        frame.timestamp += Int64(number % 997)
        return frame
      }),
    Recording(
      testDescription: "before 1970",
      frames: Traffic.battery(300, from: -100_000_000_000_000)),
  ]

  @Test("a block holds every frame exactly, in its order", arguments: recordings)
  func roundTrips(_ recording: Recording) throws {
    var encoder = BlockEncoder()
    var decoder = BlockDecoder()
    let block = encoder.encode(recording.frames, buses: Traffic.buses, precision: .nanoseconds)
    let directory = try BlockDirectory(block.directory)
    var frames: [CANFrame] = []
    try decoder.decode(directory, block.data, into: &frames)
    #expect(frames == recording.frames)
    #expect(directory.frameCount == frames.count)
    #expect(directory.buses == ["can0", "can1", nil])
  }

  @Test("single streams are what is left of all of them", arguments: recordings)
  func filters(_ recording: Recording) throws {
    var encoder = BlockEncoder()
    var decoder = BlockDecoder()
    let block = encoder.encode(recording.frames, buses: Traffic.buses, precision: .nanoseconds)
    let wanted = recording.frames[recording.frames.count / 2].identifier
    var frames: [CANFrame] = []
    try decoder.decode(
      BlockDirectory(block.directory), block.data, shift: 5,
      where: { $0.identifier == wanted }, into: &frames)
    let expected = recording.frames.filter { $0.identifier == wanted }.map { frame in
      var frame = frame
      frame.timestamp += 5
      return frame
    }
    #expect(frames == expected)
  }

  @Test(
    "times are rounded down to the precision that was asked for",
    arguments: [(TimeUnit.microseconds, Int64(1000)), (.milliseconds, 1_000_000)])
  func rounds(_ precision: TimeUnit, _ step: Int64) throws {
    var frames = Traffic.battery(2000)
    for index in frames.indices { frames[index].timestamp += Int64(index % 1000) }
    var encoder = BlockEncoder()
    var decoder = BlockDecoder()
    let block = encoder.encode(frames, buses: Traffic.buses, precision: precision)
    var stored: [CANFrame] = []
    try decoder.decode(BlockDirectory(block.directory), block.data, into: &stored)
    #expect(stored.map(\.timestamp) == frames.map { $0.timestamp - $0.timestamp % step })
  }

  @Test("an hour of a BMS takes less than 1.6 bytes a frame, with milliseconds less than 0.5")
  func isSmall() {
    let frames = Traffic.battery(36_000)
    var encoder = BlockEncoder()
    let exact = encoder.encode(frames, buses: Traffic.buses, precision: .microseconds)
    #expect(Double(exact.data.count + exact.directory.count) / 36_000 < 1.6)
    let coarse = encoder.encode(frames, buses: Traffic.buses, precision: .milliseconds)
    #expect(Double(coarse.data.count + coarse.directory.count) / 36_000 < 0.5)
  }

  @Test("a directory whose stream is in no pack is refused, also if there are no packs")
  func streamWithoutPack() throws {
    // One frame, no bus's name, so many packs, and a stream of one frame in a pack.
    func directory(packs: [UInt8], pack: UInt8) -> [UInt8] {
      [1, 0, 0, 1, 0, 1, 0] + packs + [1, 0, 0x80, 0x10, 1, pack]
    }
    #expect(try BlockDirectory(directory(packs: [1, 0, 0], pack: 0)).frameCount == 1)
    for (packs, pack) in [([0], 0), ([1, 0, 0], 1)] as [([UInt8], UInt8)] {
      #expect(throws: BlockError.malformed("a stream is in no pack")) {
        try BlockDirectory(directory(packs: packs, pack: pack))
      }
    }
  }

  @Test("no damage to a block makes reading it crash or hang", arguments: 0..<4)
  func survivesDamage(_ part: Int) throws {
    var random = SplitMix64(seed: UInt64(part))
    var encoder = BlockEncoder()
    var decoder = BlockDecoder()
    let block = encoder.encode(
      Traffic.chaos(800, identifiers: 6, seed: 7), buses: Traffic.buses, precision: .nanoseconds)
    var refused = 0
    for _ in 0..<500 {
      var (directory, data) = (block.directory, block.data)
      if part < 2 {
        directory[random.below(directory.count)] ^= UInt8(1 << random.below(8))
      }
      if part > 0 { data[random.below(data.count)] ^= UInt8(1 << random.below(8)) }
      if part == 3 { data.removeLast(random.below(data.count)) }
      var frames: [CANFrame] = []
      do throws(BlockError) {
        try decoder.decode(try BlockDirectory(directory), data, into: &frames)
      } catch {
        refused += 1
        #expect(!error.description.isEmpty)
      }
      #expect(frames.count <= 800)
    }
    #expect(refused > 50)
  }
}
