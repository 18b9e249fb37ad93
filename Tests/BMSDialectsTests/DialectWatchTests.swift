import BMSDialects
import BatteryModel
import CANFrames
import Testing

@Suite("A watch over the dialect")
struct DialectWatchTests {
  private let second: Int64 = 1_000_000_000

  /// One round of a REC, or of a Pylontech, at a time.
  private func round(_ texts: [(UInt16, UInt64, UInt8)], at time: Int64) -> [CANFrame] {
    texts.map {
      CANFrame(
        timestamp: time, identifier: .standard($0.0), payload: $0.1.byteSwapped, length: $0.2)
    }
  }

  private let rec: [(UInt16, UInt64, UInt8)] = [
    (0x351, 0x1F01_BC02_E803_E700, 8), (0x355, 0x3200_6400_8813_0000, 6),
    (0x356, 0x320A_0000_2701_0000, 6), (0x35A, 0xA8A0_8200_0000_800A, 8),
    (0x35E, 0x5245_432D_424D_5300, 8), (0x380, 0x3151_2D31_3834_3500, 8),
  ]
  private let pylontech: [(UInt16, UInt64, UInt8)] = [
    (0x359, 0x0000_0000_0150_4E00, 7), (0x351, 0x1402_7402_7402_CC01, 8),
    (0x355, 0x1A00_6400_0000_0000, 4), (0x356, 0x4E02_0204_6503_0000, 6),
    (0x35C, 0xC000_0000_0000_0000, 2), (0x35E, 0x5059_4C4F_4E20_2020, 8),
  ]

  @Test("another dialect is told once, when it was sure twice in a row")
  func tellsChange() throws {
    let dialect = try #require(DialectAtlas.dialect(named: "rec"))
    var decoder = DialectDecoder(dialect)
    var watch = DialectWatch(mayFollow: true)
    var fields: [DecodedField] = []
    var changes: [(second: Int64, name: String?)] = []
    for time in Int64(0)..<120 {
      for frame in round(time < 60 ? rec : pylontech, at: time * second) {
        _ = decoder.decode(frame, into: &fields)
        if let change = watch.change(from: decoder, frame, now: time * second) {
          changes.append((time, change.dialect?.name))
          if let new = change.dialect { decoder = DialectDecoder(new) }
        }
      }
    }
    #expect(changes.map(\.name) == ["pylontech"])
    #expect((70...90).contains(changes.first?.second ?? 0))
    #expect(watch.heard.contains(.standard(0x35C)))
  }

  @Test("the same dialect is never told, whatever the clock does")
  func staysQuiet() throws {
    let dialect = try #require(DialectAtlas.dialect(named: "rec"))
    let decoder = DialectDecoder(dialect)
    var watch = DialectWatch(mayFollow: true)
    for time in (Int64(0)..<60).map({ $0 < 30 ? $0 * second : ($0 - 1000) * second }) {
      #expect(watch.change(from: decoder, round(rec, at: time), now: time) == nil)
    }
  }
}
