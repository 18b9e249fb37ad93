import BusbarTestSupport
import CANFrames
import Testing

@Suite("Damaged logs of every format")
struct DamagedLogTests {
  @Test("a log that is cut at any byte gives whole frames only", arguments: FormatTraits.formats)
  func cut(format: LogFormat) {
    let log = SampleTraffic.log(format)
    let whole = ReadLog(log, format: format).frames
    let traits = FormatTraits.of(format)
    for end in 0...log.count {
      let read = ReadLog(Array(log.prefix(end)), format: format)
      let count = read.frames.count
      guard count <= whole.count else {
        Issue.record("\(count) frames in \(end) bytes")
        continue
      }
      #expect(read.frames.dropLast() == whole.prefix(max(0, count - 1)), "cut at byte \(end)")
      // A remote request may lack its length without looking cut; a count of bytes is kept to.
      if traits.declaresLength, let last = read.frames.last, whole[count - 1].kind == .data {
        #expect(last == whole[count - 1], "cut at byte \(end)")
      }
      // Its format is found out as soon as there is enough of it, and never wrongly.
      let unnamed = ReadLog(Array(log.prefix(end)))
      #expect(unnamed.frames.count <= whole.count)
    }
  }

  @Test("garbage between the lines costs no frame", arguments: FormatTraits.formats)
  func garbage(format: LogFormat) throws {
    guard FormatTraits.of(format).isText else { return }
    let log = SampleTraffic.log(format)
    let whole = ReadLog(log, format: format)
    let garbage: [[UInt8]] = [
      Array("hello world".utf8), [0, 0, 0, 0], [0xFF, 0xFE, 0xC3], Array("(((".utf8),
      Array(",,,,,,,,".utf8), [UInt8](repeating: UInt8(ascii: "x"), count: 70_000),
      Array("1".utf8), Array("0.1 1 351 Rx d".utf8), Array("-".utf8),
    ]
    for junk in garbage {
      var mixed: [UInt8] = []
      var lineCount = 0
      for line in log.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
        mixed += line
        mixed.append(UInt8(ascii: "\n"))
        mixed += junk
        mixed.append(UInt8(ascii: "\n"))
        lineCount += 1
      }
      let read = ReadLog(mixed, format: format)
      #expect(read.lines == whole.lines)
      #expect(read.reader.rejections.count == lineCount)
    }
  }

  @Test(
    "pieces of any size give the same as all at once", arguments: FormatTraits.formats,
    [1, 2, 3, 5, 7, 16, 61, 1000])
  func pieces(format: LogFormat, size: Int) {
    let log = SampleTraffic.log(format) + Array("\nhello\n351#0\n".utf8)
    let whole = ReadLog(log)
    let read = ReadLog(log, pieces: size)
    #expect(read.reader.format == whole.reader.format)
    #expect(read.lines == whole.lines)
    #expect(read.batch.events == whole.batch.events)
    #expect(read.reader.rejections == whole.reader.rejections)
    #expect(read.reader.lineCount == whole.reader.lineCount)
    #expect(read.reader.frameCount == read.frames.count)
  }

  @Test("whatever happens to a log, it is read to its end", arguments: FormatTraits.formats)
  func mutations(format: LogFormat) {
    var random = SplitMix64(seed: 0xB05B_A200)
    let log = SampleTraffic.log(format)
    let whole = ReadLog(log, format: format)
    for _ in 0..<400 {
      var mutated = log
      for _ in 0...Int.random(in: 0..<8, using: &random) {
        Self.mutate(&mutated, using: &random)
      }
      for read in [ReadLog(mutated, format: format), ReadLog(mutated, pieces: 97)] {
        #expect(read.frames.count <= whole.reader.lineCount + 64)
        #expect(read.frames.allSatisfy { $0.length <= 8 })
        #expect(read.reader.rejections.entries.count <= LineRejection.Reason.allCases.count)
      }
    }
  }

  /// Changes, removes, repeats or inserts something.
  private static func mutate(_ bytes: inout [UInt8], using random: inout SplitMix64) {
    guard let place = bytes.indices.randomElement(using: &random) else { return }
    let end = min(bytes.count, place + Int.random(in: 1..<40, using: &random))
    switch Int.random(in: 0..<5, using: &random) {
    case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
    case 1: bytes.removeSubrange(place..<end)
    case 2: bytes.insert(contentsOf: bytes[place..<end], at: place)
    case 3: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    default:
      let words = [
        "99999999999999999999", "-", ".", "\n", ",", " ", "x", "e+99", "e-99", "[", "#", "{E}",
      ]
      bytes.insert(contentsOf: (words.randomElement(using: &random) ?? "").utf8, at: place)
    }
  }
}
