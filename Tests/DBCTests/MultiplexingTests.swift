import DBC
import Testing

@Suite("Multiplexed signals")
struct MultiplexingTests {
  /// The names of the signals that a payload of eight bytes holds.
  private static func present(_ statements: String, in payload: UInt64) throws -> [String] {
    let plan = DecodePlan(try DBCFile("BO_ 1 M: 8 X\n\(statements)"))
    return plan.signals.filter { $0.isPresent(in: payload, length: 8) }.map(\.name)
  }

  /// A multiplexor in byte 0, one in byte 1, and a signal in each of the next.
  private static func signals(_ marks: String...) -> String {
    marks.enumerated().map { index, mark in
      " SG_ S\(index) \(mark) : \(8 * index)|8@1+ (1,0) [0|0] \"\" X\n"
    }.joined()
  }

  @Test(
    "are present where the multiplexor has their value",
    arguments: [(0, ["S0", "S1", "S3"]), (1, ["S0", "S2", "S3"]), (2, ["S0", "S3"])])
  func simple(value: Int, names: [String]) throws {
    let statements = Self.signals("M", "m0", "m1", "")
    #expect(try Self.present(statements, in: UInt64(value)) == names)
  }

  @Test(
    "take ranges of values",
    arguments: [(0, false), (1, true), (3, true), (4, false), (9, true), (255, true)])
  func ranges(value: Int, isPresent: Bool) throws {
    let statements = Self.signals("M", "m1") + "SG_MUL_VAL_ 1 S1 S0 1-3, 9-9,200-4294967296;\n"
    let names = isPresent ? ["S0", "S1"] : ["S0"]
    #expect(try Self.present(statements, in: UInt64(value)) == names)
  }

  @Test(
    "depend on every multiplexor above them",
    arguments: [
      (0x0000, ["S0", "S3"]), (0x0001, ["S0", "S1"]), (0x0201, ["S0", "S1", "S2"]),
      (0x0200, ["S0", "S3"]), (0x0302, ["S0"]),
    ])
  func nested(payload: Int, names: [String]) throws {
    let statements =
      Self.signals("M", "m1M", "m2", "m0") + "SG_MUL_VAL_ 1 S1 S0 1-1;\nSG_MUL_VAL_ 1 S2 S1 2-2;\n"
    #expect(try Self.present(statements, in: UInt64(payload)) == names)
  }

  @Test("depend on one of several multiplexors")
  func independent() throws {
    let statements =
      Self.signals("M", "M", "m1", "m1") + "SG_MUL_VAL_ 1 S2 S0 1-1;\nSG_MUL_VAL_ 1 S3 S1 1-1;\n"
    #expect(try Self.present(statements, in: 0x0001) == ["S0", "S1", "S2"])
    #expect(try Self.present(statements, in: 0x0100) == ["S0", "S1", "S3"])
  }

  @Test("compare the multiplexor's bits, signed or not")
  func signedMultiplexor() throws {
    let statements = """
       SG_ S0 M : 0|8@1- (0.5,-7) [0|0] "" X
       SG_ S1 m255 : 8|8@1+ (1,0) [0|0] "" X
      """
    #expect(try Self.present(statements, in: 255) == ["S0", "S1"])
    #expect(try Self.present(statements, in: 127) == ["S0"])
  }

  @Test("follow a big-endian multiplexor of 64 bits")
  func wideMultiplexor() throws {
    let statements = """
       SG_ S0 M : 7|64@0+ (1,0) [0|0] "" X
       SG_ S1 m18446744073709551615 : 8|8@1+ (1,0) [0|0] "" X
      """
    #expect(try Self.present(statements, in: .max) == ["S0", "S1"])
    #expect(try Self.present(statements, in: .max - 1) == ["S0"])
  }

  @Test("are left out, by name, where they depend on themselves")
  func circle() throws {
    let file = try DBCFile(
      "BO_ 1 M: 8 X\n" + Self.signals("M", "m1M", "m1M", "m1M")
        + "SG_MUL_VAL_ 1 S1 S2 1-1;\nSG_MUL_VAL_ 1 S2 S1 1-1;\nSG_MUL_VAL_ 1 S3 S3 1-1;\n")
    let plan = DecodePlan(file)
    #expect(plan.signals.map(\.name) == ["S0"])
    #expect(
      plan.omissions
        == ["S1", "S2", "S3"].map {
          "signal '\($0)' of 'M' depends on itself, or on more than 16 signals in a row"
        })
  }

  @Test("are left out, by name, below sixteen others")
  func deep() throws {
    var text = "BO_ 1 M: 8 X\n SG_ S0 M : 0|1@1+ (1,0) [0|0] \"\" X\n"
    for index in 1...20 { text += " SG_ S\(index) m1M : \(index)|1@1+ (1,0) [0|0] \"\" X\n" }
    for index in 1...20 { text += "SG_MUL_VAL_ 1 S\(index) S\(index - 1) 1-1;\n" }
    let plan = DecodePlan(try DBCFile(text))
    #expect(plan.signals.last?.name == "S16")
    #expect(plan.signals.last?.isPresent(in: 0xFFFF, length: 8) == true)
    #expect(plan.signals.last?.isPresent(in: 0xFEFF, length: 8) == false)
    #expect(plan.omissions.count == 4)
  }

  @Test("are absent from a frame that ends before their multiplexor")
  func shortFrame() throws {
    let plan = DecodePlan(
      try DBCFile(
        """
        BO_ 1 M: 8 X
         SG_ S0 M : 56|8@1+ (1,0) [0|0] "" X
         SG_ S1 m0 : 0|8@1+ (1,0) [0|0] "" X
        """))
    #expect(plan.signals.map { $0.isPresent(in: 0, length: 8) } == [true, true])
    #expect(plan.signals.map { $0.isPresent(in: 0, length: 7) } == [false, false])
  }
}
