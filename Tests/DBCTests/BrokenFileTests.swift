import BusbarTestSupport
import DBC
import Testing

@Suite("Broken DBC files")
struct BrokenFileTests {
  private static let sample = Array(SampleFile.text.utf8)

  /// Parses and compiles, and expects a file or an error that says where it stands.
  private static func read(_ bytes: [UInt8]) {
    do throws(DBCError) {
      let file = try DBCFile(parsing: bytes, name: "house.dbc")
      let plan = DecodePlan(file)
      for signal in plan.signals where signal.isPresent(in: 0x0123_4567_89AB_CDEF, length: 8) {
        _ = signal.value(in: 0x0123_4567_89AB_CDEF)
        _ = signal.fixedValue(in: 0xFEDC_BA98_7654_3210)
        _ = signal.bits(for: 1e19)
      }
    } catch .notDBC(let file) {
      #expect(file == "house.dbc")
    } catch {
      let place = "\(error)".prefix { $0 != " " }.split(separator: ":")
      #expect(place.count == 3, "\(error)")
      #expect(place.dropFirst().allSatisfy { Int($0) ?? 0 > 0 }, "\(error)")
      #expect(!"\(error)".contains("\n"))
    }
  }

  @Test("are read or refused, wherever they end")
  func truncated() {
    for length in 0..<Self.sample.count { Self.read(Array(Self.sample[..<length])) }
  }

  @Test("are read or refused, wherever they begin")
  func beheaded() {
    for start in stride(from: 0, to: Self.sample.count, by: 3) {
      Self.read(Array(Self.sample[start...]))
    }
  }

  @Test("are read or refused, whatever was changed in them")
  func changed() {
    var random = SplitMix64(seed: 42)
    let intruders = Array("\"\\;:|@+-()[],. \n\rMm01E_\u{FF}".utf8) + [0, 0x80, 0xFF]
    for _ in 0..<1500 {
      var bytes = Self.sample
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let index = Int.random(in: bytes.indices, using: &random)
        switch Int.random(in: 0...3, using: &random) {
        case 0: bytes.remove(at: index)
        case 1: bytes[index] = intruders.randomElement(using: &random) ?? 0
        case 2: bytes.insert(intruders.randomElement(using: &random) ?? 0, at: index)
        default: bytes.swapAt(index, Int.random(in: bytes.indices, using: &random))
        }
      }
      Self.read(bytes)
    }
  }

  @Test("are read or refused, whatever numbers they hold")
  func absurdNumbers() {
    let numbers = [
      "18446744073709551615", "18446744073709551616", "9223372036854775808", "4294967296", "65536",
      "-1", "1E308", "1E999999999", "1E-999999999", "0.000000000000000000000000000001", "-",
      "99999999999999999999999999999999999999", "1.7976931348623157E+308", ".", "E", "0x10",
    ]
    var word: [UInt8] = []
    var pieces: [[UInt8]] = []
    for byte in Self.sample {
      let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      let wasDigit = word.last.map { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ?? false
      if isDigit != wasDigit {
        pieces.append(word)
        word = []
      }
      word.append(byte)
    }
    pieces.append(word)
    for index in pieces.indices where Int(String(decoding: pieces[index], as: UTF8.self)) != nil {
      for number in numbers {
        var changed = pieces
        changed[index] = Array(number.utf8)
        Self.read(Array(changed.joined()))
      }
    }
  }

  @Test(
    "that are no DBC at all are refused",
    arguments: [
      "{\"BO_\": 1}", "<?xml version=\"1.0\"?>", "PK\u{3}\u{4}", "time,id,data", "\u{0}\u{1}\u{2}",
      "FormatVersion=6.0 // Do not edit this line!", "Hello", "\"", "BO", "\u{FEFF}",
    ])
  func foreign(text: String) {
    #expect(DBCFile.refusal(of: text) != nil)
    Self.read(Array(text.utf8))
  }

  @Test("what cannot be is left out and named, and the rest of the file is used")
  func leavesOut() throws {
    let file = try DBCFile(
      """
      BO_ 849 Limits: 8 A
       SG_ Voltage : 0|16@1+ (0.1,0) [0|0] "V" A
      BO_ 850 Short: 1 A
       SG_ Inside : 0|8@1+ (1,0) [0|0] "" A
       SG_ Outside : 8|8@1+ (1,0) [0|0] "" A
      BO_ 2048 Impossible: 8 A
       SG_ Lost : 0|8@1+ (1,0) [0|0] "" A
      VAL_ 2048 Lost 1 "one";
      """)
    #expect(file.faults.map(\.description.place) == ["house.dbc:6:1", "house.dbc:5:2"])
    let plan = DecodePlan(file)
    #expect(plan.messages.map(\.name) == ["Limits", "Short"])
    #expect(plan.signals.map(\.name) == ["Voltage", "Inside"])
  }
}

extension String {
  /// The place that an error begins with.
  fileprivate var place: String {
    split(separator: ":").prefix(3).joined(separator: ":")
  }
}
