import DBC
import Testing

@Suite("The bits for a signal's value")
struct SignalBitsTests {
  @Test(
    "are the nearest step",
    arguments: [
      ("0|16@1+ (0.1,0)", 28.7, 287), ("0|16@1+ (0.1,0)", 28.74, 287),
      ("0|16@1+ (0.1,0)", 28.75, 288), ("0|16@1+ (0.1,0)", -0.04, 0),
      ("0|16@1- (0.1,0)", -1, 0xFFF6), ("0|16@1- (0.1,0)", -3276.8, 0x8000),
      ("0|16@1- (0.1,0)", 3276.7, 0x7FFF), ("0|8@1+ (1,-40)", -40, 0),
      ("0|8@1+ (1,-40)", 215, 255), ("0|8@1+ (-0.5,0)", -127.5, 255), ("0|8@1- (1,0)", -0.5, 0xFF),
      ("0|8@1- (1,0)", 0.5, 1), ("0|8@1- (1,0)", 0.499_999_999_999_999_94, 0),
      ("0|1@1- (1,0)", -1, 1), ("0|64@1- (1,0)", -0x1p63, 1 << 63),
      ("0|64@1+ (1,0)", 0x1p63, 1 << 63), ("0|64@1+ (1,0)", 0x1.fffffffffffffp63, .max - 2047),
      ("0|64@1- (1,0)", 0x1.fffffffffffffp62, (.max >> 1) - 1023),
      ("0|64@1+ (1,0)", 4_503_599_627_370_497, 4_503_599_627_370_497),
      ("0|64@1+ (1,0)", 9_007_199_254_740_991, 9_007_199_254_740_991),
    ] as [(String, Double, UInt64)])
  func nearest(layout: String, value: Double, bits: UInt64) throws {
    #expect(try SignalPlan.parsing(layout).bits(for: value) == bits)
  }

  @Test(
    "do not exist out of range",
    arguments: [
      "0|16@1+ (0.1,0)", "0|16@1- (0.1,0)", "0|64@1+ (1,0)", "0|64@1- (1,0)", "0|1@1+ (1,0)",
      "0|1@1- (1,0)", "0|63@1- (1,0)", "0|8@1+ (1E300,0)", "0|8@1+ (1E-300,0)",
    ])
  func refused(layout: String) throws {
    let plan = try SignalPlan.parsing(layout)
    let absurd: [Double] = [.nan, .signalingNaN, .infinity, -.infinity, .greatestFiniteMagnitude]
    for value in absurd {
      #expect(plan.bits(for: value) == nil)
      #expect(plan.bits(for: -value) == nil)
    }
  }

  @Test(
    "end with the field",
    arguments: [
      ("0|16@1+ (0.1,0)", 6553.5, 6553.6), ("0|16@1+ (0.1,0)", 0, -0.1),
      ("0|16@1- (0.1,0)", 3276.7, 3276.8), ("0|16@1- (0.1,0)", -3276.8, -3276.9),
      ("0|8@1+ (1,-40)", 215, 216), ("0|8@1+ (1,-40)", -40, -41), ("0|1@1- (1,0)", 0, 1),
      ("0|1@1- (1,0)", -1, -2), ("0|1@1+ (1,0)", 1, 2), ("0|63@1- (1,0)", -0x1p62, -0x1.1p62),
      ("0|64@1- (1,0)", -0x1p63, -0x1.0000000000001p63), ("0|64@1- (1,0)", 0x1p62, 0x1p63),
      ("0|64@1+ (1,0)", 0x1p63, 0x1p64), ("0|64@1+ (1,0)", 0, -1),
    ])
  func limit(layout: String, inside: Double, outside: Double) throws {
    let plan = try SignalPlan.parsing(layout)
    #expect(plan.bits(for: inside) != nil)
    #expect(plan.bits(for: outside) == nil)
  }

  @Test(
    "come back from every raw value's number",
    arguments: [
      "0|11@1+ (0.1,0)", "0|11@1- (0.1,-7.3)", "0|11@1- (-0.25,3)", "0|11@1+ (1E-05,273.15)",
      "7|11@0- (0.39,0)", "0|11@1+ (0.06944444444,-500)", "0|11@1- (12,-3)",
    ])
  func roundTrip(layout: String) throws {
    let plan = try SignalPlan.parsing(layout)
    for raw in 0..<UInt64(2048) {
      let payload = plan.field.inserting(raw, into: 0)
      if plan.bits(for: plan.value(in: payload)) != raw { Issue.record("raw value \(raw)") }
    }
  }

  @Test("of IEEE 754 come back, and end where it does")
  func floating() throws {
    let single = try SignalPlan.parsing("0|32@1- (0.5,1)", "SIG_VALTYPE_ 1 S : 1;")
    #expect(single.bits(for: 2.25) == UInt64(Float(2.5).bitPattern))
    #expect(single.value(in: UInt64(Float(2.5).bitPattern)) == 2.25)
    #expect(single.bits(for: 1e39) == nil)
    #expect(single.bits(for: .nan) == nil)
    #expect(single.bits(for: .infinity) == nil)
    let double = try SignalPlan.parsing("0|64@1- (0.5,1)", "SIG_VALTYPE_ 1 S : 2;")
    #expect(double.bits(for: 1e300) == (2e300).bitPattern)
    #expect(double.bits(for: .greatestFiniteMagnitude) == nil)
    #expect(double.bits(for: -.infinity) == nil)
  }
}
