import BMSDialects
import BatteryModel
import CANFrames
import Testing

@Suite("Which dialect a bus speaks")
struct IdentificationTests {
  @Test("the seven frames of a REC Q are REC's Victron firmware")
  func recQ() throws {
    let verdict = try Self.verdict([
      "380#31512D3138343500", "351#1F01BC02E803E700", "355#320064008813", "356#320A00002701",
      "35A#A8A082000000800A", "35E#5245432D424D5300", "35F#0000020664000000",
    ])
    let best = try #require(verdict.best)
    #expect(best.dialect?.name == "rec")
    #expect(best.probability > 0.9)
    #expect(best.product[.serial] == "1Q-1845")
    #expect(best.product[.firmware] == "2.6")
  }

  static func verdict(_ frames: [String]) throws -> BusVerdict {
    BusVerdict(BusCensus(try frames.map { try CapturedFramesTests.frame($0) }))
  }
}
