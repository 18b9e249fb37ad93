import BMSDialects
import BatteryModel
import CANFrames
import DBC
import Testing

@Suite("Frames are built as they are read")
struct EncodingTests {
  /// A battery that knows everything.
  static func value(of quantity: BatteryQuantity) -> QuantityValue? {
    if quantity.isFlag { return .flag(true) }
    switch quantity.details.kind {
    case .alarm: return .alarm(.active)
    case .identity, .state:
      switch quantity {
      case .firmware: return .text("2.6")
      case .productCode: return .text("0x494C")
      case .systemStatus: return .text("online")
      case .serial: return .text("9M-0485 and on")
      case .model: return .text("Discover AES")
      default: return .text("C7SU1")
      }
    case .limit, .measurement: break
    }
    let number: Double =
      switch quantity {
      case .voltage, .chargeVoltageLimit, .dischargeVoltageLimit: 53.2
      case .current: -12.5
      case .temperature: -7
      case .cellTemperatureMin, .cellTemperatureMax: -3
      case .cellVoltageMin, .cellVoltageMax: 3.31
      case .stateOfCharge: 67
      case .energyCharged, .energyDischarged: 211.2
      default: 98
      }
    return .number(number)
  }

  @Test("every dialect round-trips, every message at every length", arguments: DialectAtlas.names)
  func roundTrip(name: String) throws {
    let dialect = try #require(DialectAtlas.dialect(named: name))
    let encoder = DialectEncoder(dialect)
    for (index, message) in dialect.plan.messages.enumerated() {
      for length in dialect.messages[index].lengths {
        let frame = encoder.frame(of: index, length: length, value: Self.value)
        #expect(frame.identifier == message.identifier)
        #expect(frame.length == length)
        var decoder = DialectDecoder(dialect)
        var fields: [DecodedField] = []
        _ = decoder.decode(frame, into: &fields)
        for field in fields { try Self.check(field, decoder, message.name) }
      }
    }
  }

  private static func check(
    _ field: DecodedField, _ decoder: DialectDecoder, _ message: String
  ) throws {
    guard let quantity = field.quantity, let expected = value(of: quantity) else { return }
    let name = Comment(rawValue: "\(message).\(field.key)")
    switch (expected, field.value) {
    case (.number(let expected), .number(let found)):
      // The coarsest scale of the family is one unit.
      #expect(abs(found.doubleValue - expected) <= 0.5, name)
    case (.text(let expected), .text(let found)):
      // A version that a maker shows in hex cannot be made of one with a point.
      if found.hasPrefix("0x"), !expected.hasPrefix("0x") { return }
      let first = field.part * 8 - 8
      let part = field.part == 0 ? expected : String(expected.dropFirst(first).prefix(8))
      #expect(part.hasPrefix(found) && !found.isEmpty, "\(name): \(found)")
    default: #expect(field.value.quantityValue == expected, name)
    }
  }

  @Test("what a battery does not know is encoded as not available")
  func unknown() throws {
    let dialect = try #require(DialectAtlas.dialect(named: "sma"))
    let message = try #require(dialect.plan.messageIndex(for: .standard(0x351)))
    let frame = DialectEncoder(dialect).frame(of: message) { _ in nil }
    #expect(frame.payloadText == "FFFF00800080FFFF")
  }

  @Test("a REC Q's installed capacity is one less on the wire above 250 Ah")
  func quirk() throws {
    let dialect = try #require(DialectAtlas.dialect(named: "rec"))
    let message = try #require(dialect.plan.messageIndex(for: .standard(0x379)))
    for (serial, capacity, raw) in [
      ("1Q-1845", 560.0, 559), ("1Q-1845", 250, 250), ("9M-0485", 1440, 1440),
    ] {
      let frame = DialectEncoder(dialect).frame(of: message) { quantity in
        switch quantity {
        case .serial: .text(serial)
        case .capacityInstalled: .number(capacity)
        default: nil
        }
      }
      #expect(Int(frame.payload & 0xFFFF) == raw)
    }
  }
}
