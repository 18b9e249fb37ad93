import BMSDialects
import CANFrames
import DBC

/// What the loops work on: a log as text, its frames, and a dialect for them.
struct Workload {
  let log: [UInt8]
  let frames: [CANFrame]
  let dialect: Dialect

  init(log: [UInt8], dialect: Dialect) {
    self.log = log
    self.dialect = dialect
    frames = Self.parse(log)
  }

  /// A bus of a REC in which one of four frames differs from the one before of its message.
  static func synthesised(frameCount: Int) -> Workload? {
    guard let dialect = DialectAtlas.dialect(named: "rec") else { return nil }
    let numbers = ["351", "355", "356", "35A", "35E", "35F", "373", "380"]
    var log: [UInt8] = []
    var state: UInt64 = 1
    var payloads = [UInt64](repeating: 0x00E7_03E8_02BC_011F, count: numbers.count)
    for index in 0..<frameCount {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      if state >> 62 == 0 { payloads[index % 8] ^= state >> 30 & 0xFF }
      let digits = String(payloads[index % 8], radix: 16, uppercase: true)
      let time = 1_700_000_000_000_000 + index * 100_000
      log += "(\(time / 1_000_000).\(String(time % 1_000_000 + 1_000_000).dropFirst())) can0 ".utf8
      log += "\(numbers[index % 8])#".utf8
      log += repeatElement(UInt8(ascii: "0"), count: 16 - digits.utf8.count)
      log += (digits + "\n").utf8
    }
    return Workload(log: log, dialect: dialect)
  }

  static func parse(_ log: [UInt8]) -> [CANFrame] {
    var reader = CandumpReader()
    var batch = FrameBatch()
    batch.reserve(frames: log.count / 40)
    reader.read(log.span, into: &batch)
    reader.finish(into: &batch)
    return batch.frames
  }
}
