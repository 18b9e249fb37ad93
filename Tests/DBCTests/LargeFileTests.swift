import DBC
import Testing

/// What would take a quadratic time if anything did; a minute is far more than any of it needs.
@Suite("Large DBC files", .timeLimit(.minutes(3)))
struct LargeFileTests {
  private static let count = 10_000

  /// One message with `count` signals, each with its marks.
  private static func message(_ mark: (Int) -> String) -> String {
    "BO_ 1 M: 8 X\n"
      + (0..<count).map { index in
        " SG_ S\(index) \(mark(index)) : \(index % 64)|1@1+ (1,0) [0|1] \"\" X\n"
      }.joined()
  }

  @Test("with very many messages are read in linear time")
  func messages() throws {
    let text = (0..<Self.count).map { index in
      "BO_ \(1 << 31 + index) M\(index): 8 X\n SG_ S : 0|8@1+ (1,0) [0|0] \"\" X\n"
    }
    #expect(try DBCFile(text.joined()).messages.count == Self.count)
  }

  @Test("with more messages than a plan can number name what is left out")
  func plan() throws {
    let text = (0..<65_537).map { "BO_ \(1 << 31 + $0) M: 8 X\n" }
    let plan = DecodePlan(try DBCFile(text.joined()))
    #expect(plan.messages.count == 65_535)
    #expect(plan.omissions.count == 2)
    #expect(plan.omissions.first == "message 'M' is one too many: 65535 fit")
  }

  @Test("with very many signals in a message are read in linear time")
  func signals() throws {
    let statements = (0..<Self.count).map { index in
      "CM_ SG_ 1 S\(index) \"c\";\nBA_ \"SystemSignalLongSymbol\" SG_ 1 S\(index) \"L\(index)\";\n"
    }
    let file = try DBCFile(Self.message { _ in "" } + statements.joined())
    #expect(file.messages.first?.signals.last?.name == "L\(Self.count - 1)")
    #expect(DecodePlan(file).signals.count == Self.count)
  }

  @Test("with very many multiplexors, in a row or in a circle, end", arguments: [false, true])
  func multiplexors(isCircle: Bool) throws {
    let statements = (isCircle ? 0..<Self.count : 1..<Self.count).map { index in
      "SG_MUL_VAL_ 1 S\(index) S\((index + Self.count - 1) % Self.count) 1-1;\n"
    }
    let file = try DBCFile(Self.message { $0 == 0 ? "M" : "m1M" } + statements.joined())
    let plan = DecodePlan(file)
    #expect(plan.signals.count == (isCircle ? 0 : 17))
    #expect(plan.omissions.count == Self.count - plan.signals.count)
  }

  @Test(
    "with one endless part are read or refused",
    arguments: [
      ("BO_ 1 M: 8 X\nCM_ \"", "\\\";\n"), ("BO_ 1 M: 8 X\nCM_ \"", "\\\""),
      ("BO_ 1 M: 8 X\n", ";"),
      ("BO_ 1 M: 8 X\n", "CM_\n"), ("BO_ 1 M: 8 X\nNS_ :\n", "CM_\n"), ("BO_ 1 M: 8 X\nBU_:", " A"),
      ("BO_ 1 M: 8 X", "\r"),
      ("BO_ 1 M: 8 X\n SG_ S : 0|8@1+ (1", "1"), ("BO_ 1 M: 8 X\n SG_ S : 0|8@1+ (0.", "0"),
      ("BO_ 1 ", "M"), ("BO_ 1 M: 8 X\n SG_ S : 0|8@1+ (1,0) [", "["), ("BO_ 1 M: 8 X\n", "//\n"),
    ])
  func endless(start: String, part: String) {
    _ = DBCFile.refusal(of: start + String(repeating: part, count: 60_000))
  }
}
