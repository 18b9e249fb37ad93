import BatteryModel
import BusbarTestSupport
import Publishers
import Testing

@Suite("Quantities as Signal K wants them")
struct SignalKMappingTests {
  /// One quantity, its path and value, and why it is in the table.
  struct Row: Sendable, CustomTestStringConvertible {
    var quantity: BatteryQuantity
    var value: QuantityValue
    var path: String
    var published: JSONValue
    var units: String?
    var testDescription: String { "\(quantity.rawValue) as \(path)" }

    init(
      _ quantity: BatteryQuantity, _ value: QuantityValue, _ path: String, _ published: JSONValue,
      _ units: String? = nil
    ) {
      self.quantity = quantity
      self.value = value
      self.path = path
      self.published = published
      self.units = units
    }
  }

  static let rows: [Row] = [
    Row(.voltage, .number(13.28), "voltage", 13.28, "V"),
    Row(.current, .number(-12.4), "current", -12.4, "A"),
    Row(.power, .number(-164.67), "power", -164.67, "W"),
    Row(.temperature, .number(29.5), "temperature", 302.65, "K"),
    Row(.stateOfCharge, .number(81.53), "capacity.stateOfCharge", 0.8153, "ratio"),
    Row(.stateOfHealth, .number(7), "capacity.stateOfHealth", 0.07, "ratio"),
    Row(.chargeVoltageLimit, .number(28.7), "bms.maxChargeVoltage", 28.7, "V"),
    Row(.chargeCurrentLimit, .number(70), "bms.maxChargeCurrent", 70, "A"),
    Row(.dischargeCurrentLimit, .number(0), "bms.maxDischargeCurrent", 0, "A"),
    Row(.dischargeVoltageLimit, .number(23.1), "bms.minDischargeVoltage", 23.1, "V"),
    Row(.capacityInstalled, .number(280.1), "capacity.nominal", 12_907_008, "J"),
    Row(.capacityActual, .number(274.4), "capacity.actual", 12_644_352, "J"),
    Row(.capacityRemaining, .number(223.6), "capacity.remaining", 10_303_488, "J"),
    Row(.chargeUsed, .number(50.8), "capacity.dischargeSinceFull", 182_880, "C"),
    Row(.timeRemaining, .number(64_916), "capacity.timeRemaining", 64_916, "s"),
    Row(.cellVoltageMin, .number(3.318), "minCellVoltage", 3.318, "V"),
    Row(.cellVoltageMax, .number(3.323), "maxCellVoltage", 3.323, "V"),
    Row(.cellVoltageSpread, .number(0.005), "cellVoltageDifference", 0.005, "V"),
    Row(.cellTemperatureMin, .number(-20.1), "minCellTemperature", 253.05, "K"),
    Row(.cellTemperatureMax, .number(0), "maxCellTemperature", 273.15, "K"),
    Row(.cellVoltageMinId, .text("3"), "minCellNumber", 3),
    Row(.cellVoltageMaxId, .text("012"), "maxCellNumber", 12),
    Row(.cycles, .number(211), "cycles", 211),
    Row(.chargeAllowed, .flag(true), "bms.allowToCharge", true),
    Row(.dischargeAllowed, .flag(false), "bms.allowToDischarge", false),
    Row(.systemStatus, .text("online"), "bms.state", "online"),
    Row(.manufacturer, .text("REC"), "manufacturer.name", "REC"),
    Row(.model, .text("REC \"Q\"/1\u{1}é"), "manufacturer.model", "REC \"Q\"/1\u{1}é"),
    Row(.serial, .text("0042"), "bms.serialNumber", "0042"),
    Row(.firmware, .text("2.6"), "bms.firmwareVersion", "2.6"),
  ]

  @Test("gives a quantity its path, value and unit", arguments: rows)
  func maps(_ row: Row) throws {
    var bench = try EncoderBench()
    bench.say(row.quantity, row.value, at: 0)
    let sent = bench.ask(at: 0.25)
    #expect(sent[row.path] == row.published)
    #expect(sent.metas[row.path]?["units"]?.text == row.units)
    try DeltaRecording.keep(bench.sent)
  }

  @Test("has a row here for each quantity that the catalogue maps")
  func isComplete() {
    let mapped = BatteryQuantity.allCases.filter { $0.details.signalK != nil }
    #expect(mapped == Self.rows.map(\.quantity))
  }

  @Test("prints no binary noise, whatever the value")
  func isClean() throws {
    for tenths in -400...1000 {
      var bench = try EncoderBench(nominalVoltage: 25.6)
      bench.say(.temperature, .number(Double(tenths) / 10), at: 0)
      bench.say(.stateOfCharge, .number(Double(abs(tenths)) / 10), at: 0)
      bench.say(.capacityRemaining, .number(Double(abs(tenths)) / 10), at: 0)
      _ = bench.ask(at: 0)
      let decimals = (bench.sent.last ?? "").matches(of: /"value":[0-9]+\.([0-9]+)/)
      #expect(decimals.allSatisfy { $0.output.1.count <= 3 }, "\(bench.sent)")
    }
  }

  @Test(
    "leaves out what would change the type of a path",
    arguments: [
      (BatteryQuantity.cellVoltageMinId, QuantityValue.text("A3"), "minCellNumber"),
      (.cellVoltageMinId, .text(""), "minCellNumber"),
      (.cellVoltageMinId, .text("+3"), "minCellNumber"),
      (.cellVoltageMinId, .text("99999999999"), "minCellNumber"),
      (.voltage, .text("13"), "voltage"),
      (.serial, .number(42), "bms.serialNumber"),
    ])
  func keepsTypes(quantity: BatteryQuantity, value: QuantityValue, path: String) throws {
    var bench = try EncoderBench()
    bench.say(quantity, value, at: 0)
    #expect(bench.ask(at: 0).values.isEmpty)
  }

  @Test("leaves capacities out where no nominal voltage is known")
  func needsVoltage() throws {
    var bench = try EncoderBench(nominalVoltage: nil)
    bench.say(.capacityInstalled, .number(280), at: 0)
    bench.say(.stateOfHealth, .number(98), at: 0)
    #expect(bench.ask(at: 0).values.map(\.path) == ["capacity.stateOfHealth"])
    try DeltaRecording.keep(bench.sent)
  }

  @Test("never says minus zero")
  func hasNoMinusZero() throws {
    var bench = try EncoderBench()
    bench.say(.current, .number(-0.0), at: 0)
    _ = bench.ask(at: 0)
    #expect(bench.sent.last?.contains(#""value":0}"#) == true)
  }
}
