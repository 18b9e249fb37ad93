import BMSDialects
import BatteryModel
import CANFrames
import DBC
import Simulation
import Testing

@Suite("Frames of a simulated battery")
struct FrameTests {
  static func bus(
    _ product: SimulatedProduct = .recQ, faults: [String] = [], profile name: String = "van-day"
  ) throws -> BusSimulation {
    let dialect = try #require(DialectAtlas.dialect(named: product.dialectName))
    return BusSimulation(
      product, dialect, profile: try ProfileLibrary.profile(named: name),
      faults: try faults.map { try Fault(parsing: $0) }, seed: 1,
      start: 1_767_225_600_000_000_000)
  }

  static func batch(_ bus: inout BusSimulation, seconds: Double) -> FrameBatch {
    var batch = FrameBatch()
    #expect(bus.run(into: &batch, before: Int64(seconds * 1e9)))
    return batch
  }

  @Test("a REC Q sends in slots of 151 ms, in a cycle of 18, 0x351 three times")
  func order() throws {
    var bus = try Self.bus()
    let frames = Self.batch(&bus, seconds: 18 * 0.151 * 2).frames
    let round = [
      0x380, 0x381, 0x351, 0x355, 0x356, 0x35A, 0x35E, 0x351, 0x35F, 0x372, 0x373, 0x374, 0x375,
      0x376, 0x377, 0x351, 0x379,
    ]
    #expect(frames.map { Int($0.identifier.number) } == round + round)
    let times = frames.map { ($0.timestamp - bus.start) % 151_000_000 }
    #expect(times.allSatisfy { $0 == 0 })
    #expect(frames[17].timestamp - frames[0].timestamp == 18 * 151_000_000)
  }

  @Test("a REC Q's texts and quirks are those that were captured")
  func captured() throws {
    var bus = try Self.bus()
    let frames = Self.batch(&bus, seconds: 18 * 0.151).frames
    let texts = Dictionary(
      frames.map { ($0.identifier.number, $0.payloadText) }, uniquingKeysWith: { $1 })
    #expect(texts[0x380] == "31512D3138343500")
    #expect(texts[0x35A] == "A8A082000000800A")
    #expect(texts[0x35E] == "5245432D424D5300")
    #expect(texts[0x351]?.prefix(12) == "1F01BC02E803")
    #expect(texts[0x355]?.utf8.count == 12)
    #expect(texts[0x35F]?.hasPrefix("00000206") == true)
  }

  @Test(
    "the fast encoder says what the dialect's own encoder says",
    arguments: SimulatedProduct.allCases
  )
  func encoders(product: SimulatedProduct) throws {
    var bus = try Self.bus(product)
    let dialect = try #require(DialectAtlas.dialect(named: product.dialectName))
    var decoder = DialectDecoder(dialect)
    let frames = Self.batch(&bus, seconds: 6).frames
    let report = bus.battery.report
    var found: Set<BatteryQuantity> = []
    var fields: [DecodedField] = []
    for frame in frames {
      fields.removeAll()
      _ = decoder.decode(frame, into: &fields)
      for field in fields {
        guard let quantity = field.quantity, let number = field.value.quantityValue?.number,
          let known = report[quantity]
        else { continue }
        found.insert(quantity)
        #expect(abs(number - known) <= 0.51, "\(quantity.rawValue): \(number), \(known)")
      }
    }
    #expect(found.count >= 8, "\(found.count) quantities")
  }

  @Test("the bus is recognised", arguments: SimulatedProduct.allCases)
  func identification(product: SimulatedProduct) throws {
    var bus = try Self.bus(product)
    let best = BusFindings(BusCensus(Self.batch(&bus, seconds: 20).frames)).verdict.best
    #expect(best?.dialect?.name == product.dialectName)
  }

  @Test("nothing is skipped or doubled however the run is cut")
  func pieces() throws {
    var whole = try Self.bus()
    let frames = Self.batch(&whole, seconds: 60).frames
    var cut = try Self.bus()
    var batch = FrameBatch()
    while !cut.run(into: &batch, before: 60_000_000_000, limit: 7) {}
    #expect(batch.frames == frames)
  }
}
