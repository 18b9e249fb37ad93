import DBC
import Testing

@Suite("The value of a signal")
struct SignalValueTests {
  /// A layout, a payload, what it means, and why it is in the table.
  struct Row: Sendable, CustomTestStringConvertible {
    var layout: String
    var payload: UInt64
    var value: Double
    /// The number as it is printed, or `nil` where it has no fixed decimals.
    var text: String?
    var testDescription: String
  }

  @Test(
    "is exact, with the decimals of its scale",
    arguments: [
      Row(
        layout: "0|16@1+ (0.1,0)", payload: 287, value: 28.7, text: "28.7",
        testDescription: "a tenth"),
      Row(
        layout: "0|16@1+ (0.1,0)", payload: 3, value: 0.3, text: "0.3",
        testDescription: "a tenth that multiplying gets wrong"),
      Row(layout: "0|16@1+ (0.1,0)", payload: 0, value: 0, text: "0.0", testDescription: "zero"),
      Row(
        layout: "0|16@1- (0.1,0)", payload: 0xFFF6, value: -1, text: "-1.0",
        testDescription: "negative"),
      Row(
        layout: "0|16@1- (0.1,0)", payload: 0xFFFF, value: -0.1, text: "-0.1",
        testDescription: "negative below one"),
      Row(
        layout: "0|16@1- (0.1,0)", payload: 0x8000, value: -3276.8, text: "-3276.8",
        testDescription: "smallest of 16 bits"),
      Row(
        layout: "0|8@1+ (1,-40)", payload: 0, value: -40, text: "-40",
        testDescription: "offset"),
      Row(
        layout: "0|8@1+ (0.5,-40)", payload: 255, value: 87.5, text: "87.5",
        testDescription: "factor and offset"),
      Row(
        layout: "0|8@1+ (1,-0.25)", payload: 1, value: 0.75, text: "0.75",
        testDescription: "decimals from the offset"),
      Row(
        layout: "0|8@1+ (0.001,273.15)", payload: 5, value: 273.155, text: "273.155",
        testDescription: "decimals from the factor, offset with fewer"),
      Row(
        layout: "0|8@1+ (-0.25,100)", payload: 255, value: 36.25, text: "36.25",
        testDescription: "negative factor"),
      Row(
        layout: "0|8@1+ (10,0)", payload: 255, value: 2550, text: "2550",
        testDescription: "factor of ten"),
      Row(
        layout: "0|8@1+ (1E3,5)", payload: 2, value: 2005, text: "2005",
        testDescription: "factor with an exponent"),
      Row(
        layout: "0|8@1+ (0.10,0.0)", payload: 5, value: 0.5, text: "0.5",
        testDescription: "zeros behind the factor count for nothing"),
      Row(
        layout: "0|16@1+ (0.06944444444,0)", payload: 3600, value: 249.999999984,
        text: "249.99999998400", testDescription: "many decimals"),
      Row(
        layout: "7|16@0+ (0.01,0)", payload: 0x9BE7, value: 592.91, text: "592.91",
        testDescription: "big-endian"),
      Row(
        layout: "0|1@1- (1,0)", payload: 1, value: -1, text: "-1",
        testDescription: "one signed bit"),
      Row(
        layout: "0|64@1+ (1,0)", payload: .max >> 1, value: 0x1p63, text: "9223372036854775807",
        testDescription: "largest with fixed decimals"),
      Row(
        layout: "0|64@1+ (1,0)", payload: .max, value: 0x1p64, text: nil,
        testDescription: "64 bits above Int64.max"),
      Row(
        layout: "0|64@1- (1,0)", payload: .max, value: -1, text: "-1",
        testDescription: "64 bits signed"),
      Row(
        layout: "0|64@1- (1,0)", payload: 1 << 63, value: -0x1p63, text: "-9223372036854775808",
        testDescription: "smallest of 64 bits"),
      Row(
        layout: "0|64@1- (10,0)", payload: 1 << 63, value: -0x1p63 * 10, text: nil,
        testDescription: "product beyond 64 bits"),
      Row(
        layout: "0|64@1- (1,-1)", payload: 1 << 63, value: -0x1p63, text: nil,
        testDescription: "sum beyond 64 bits"),
      Row(
        layout: "0|8@1+ (1E-18,0)", payload: 7, value: 7e-18, text: "0.000000000000000007",
        testDescription: "eighteen decimals"),
      Row(
        layout: "0|8@1+ (1E-19,0)", payload: 8, value: 8e-19, text: nil,
        testDescription: "nineteen decimals"),
      Row(
        layout: "0|8@1+ (1E-18,1)", payload: 7, value: 1, text: nil,
        testDescription: "offset that is too large beside its factor"),
      Row(
        layout: "0|8@1+ (1E300,0)", payload: 2, value: 2e300, text: nil,
        testDescription: "huge factor"),
      Row(
        layout: "0|8@1+ (1E-300,0)", payload: 2, value: 2e-300, text: nil,
        testDescription: "tiny factor"),
      Row(
        layout: "0|8@1+ (9007199254740992,0)", payload: 1, value: 0x1p53,
        text: "9007199254740992", testDescription: "largest exact factor"),
      Row(
        layout: "0|8@1+ (9007199254740993,0)", payload: 1, value: 0x1p53, text: nil,
        testDescription: "factor beyond what is exact"),
    ])
  func value(_ row: Row) throws {
    let plan = try SignalPlan.parsing(row.layout)
    #expect(plan.fixedValue(in: row.payload)?.description == row.text)
    #expect(plan.value(in: row.payload) == row.value)
    if let fixed = plan.fixedValue(in: row.payload) { #expect(fixed.doubleValue == row.value) }
  }

  @Test("prints clean for every 16-bit value of a tenth, where multiplying does not")
  func tenths() throws {
    let plan = try SignalPlan.parsing("0|16@1+ (0.1,0)")
    for raw in 0...UInt64(UInt16.max) {
      let text = "\(raw / 10).\(raw % 10)"
      if plan.fixedValue(in: raw)?.description != text || plan.value(in: raw) != Double(text) {
        Issue.record("\(raw) is not \(text)")
      }
    }
  }

  @Test(
    "is read as IEEE 754 where the file says so",
    arguments: [
      ("0|32@1-", 1, UInt64(Float(28.5).bitPattern), 28.5),
      ("7|32@0+", 1, UInt64(Float(-0.25).bitPattern.byteSwapped), -0.25),
      ("0|64@1-", 2, (0.1).bitPattern, 0.1),
      ("7|64@0+", 2, (1e-300).bitPattern.byteSwapped, 1e-300),
      ("0|32@1-", 2, UInt64(Float(1.5).bitPattern), 1.5), ("0|64@1-", 1, (2.5).bitPattern, 2.5),
      ("0|64@1-", 2, Double.infinity.bitPattern, .infinity),
      ("0|64@1-", 2, Double.greatestFiniteMagnitude.bitPattern, .greatestFiniteMagnitude),
    ])
  func floating(layout: String, type: Int, payload: UInt64, expected: Double) throws {
    let plan = try SignalPlan.parsing("\(layout) (1,0)", "SIG_VALTYPE_ 1 S : \(type);")
    #expect(plan.value(in: payload) == expected)
    #expect(plan.fixedValue(in: payload) == nil)
    let scaled = try SignalPlan.parsing("\(layout) (0.5,-3)", "SIG_VALTYPE_ 1 S : \(type);")
    #expect(scaled.value(in: payload) == expected * 0.5 - 3)
  }

  @Test("is no number where an IEEE 754 signal holds none")
  func notANumber() throws {
    let plan = try SignalPlan.parsing("0|32@1- (1,0)", "SIG_VALTYPE_ 1 S : 1;")
    #expect(plan.value(in: 0x7FC0_0000).isNaN)
  }

  @Test("keeps unit, labels and decimals")
  func details() throws {
    let plan = try SignalPlan.parsing("0|8@1- (0.01,0)", "VAL_ 1 S -1 \"n/a\" ;")
    #expect(plan.name == "S")
    #expect(plan.decimals == 2)
    #expect(plan.format == .signed)
    #expect(plan.labels == [-1: "n/a"])
    #expect(plan.fixedValue(ofRaw: -7) == FixedDecimal(scaled: -7, decimals: 2))
    #expect(try SignalPlan.parsing("0|8@1+ (1E-19,0)").fixedValue(ofRaw: 1) == nil)
  }
}
