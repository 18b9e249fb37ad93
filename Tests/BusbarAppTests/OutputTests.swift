import BMSDialects
import CANFrames
import Testing

@testable import BusbarApp

@Suite("How decoded frames are written")
struct OutputTests {
  @Test(
    "texts become JSON strings",
    arguments: [
      ("REC-BMS", #""REC-BMS""#), (#"a"b\c"#, #""a\"b\\c""#),
      ("tab\tnul\0", #""tab\u0009nul\u0000""#),
      ("ö", "\"ö\""),
    ])
  func strings(text: String, json: String) {
    var bytes: [UInt8] = []
    JSONText.append(text, to: &bytes)
    #expect(String(decoding: bytes, as: UTF8.self) == json)
  }

  @Test(
    "numbers that JSON has not become null",
    arguments: [(1.5, "1.5"), (.infinity, "null"), (.nan, "null"), (-0.001, "-0.001")])
  func numbers(number: Double, json: String) {
    var bytes: [UInt8] = []
    JSONText.append(number, to: &bytes)
    #expect(String(decoding: bytes, as: UTF8.self) == json)
  }

  @Test("CSV quotes what needs quotes, and writes a row for each round and one for the rest")
  func csv() throws {
    let text = try Self.write(CSVOutput(), Frames.recQ + ["351#1F01BC02E803E700"])
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 4)
    #expect(lines[0].hasPrefix("time,bus,voltage [V],current [A],"))
    #expect(lines[1].contains("26.10"))
    #expect(!lines[2].contains("26.10"), "what is not in a round is not in its row")
  }

  @Test("a table tells identity and alarms once, and again when they change")
  func changes() throws {
    let quiet = "35A#A8A082000000800A"
    let text = try Self.write(
      TextOutput(),
      Frames.recQ + Frames.recQ + ["35A#A4A082000000800A"] + Frames.recQ.filter { $0 != quiet })
    #expect(text.split(separator: "serial number 1Q-1845").count == 2, "told once")
    #expect(text.split(separator: "Alarm high voltage: active").count == 2, "told once")
  }

  @Test("without a dialect frames are written as they are")
  func undecoded() throws {
    var output = TextOutput()
    var text: [UInt8] = []
    output.begin(nil, expecting: [], to: &text)
    let frame = try #require(Frames.batch(["404#000000"]).frames.first)
    output.write(DecodedFrame(frame: frame, bus: "can0", message: nil, fields: []), to: &text)
    #expect(String(decoding: text, as: UTF8.self).contains("can0  404  000000"))
  }

  /// What an output makes of frames of a REC.
  static func write(_ output: some DecodeOutput, _ frames: [String]) throws -> String {
    var output = output
    var text: [UInt8] = []
    let dialect = try #require(DialectAtlas.dialect(named: "rec"))
    var decoder = DialectDecoder(dialect)
    let batch = Frames.batch(frames)
    output.begin(dialect, expecting: batch.frames.map(\.identifier), to: &text)
    for frame in batch.frames {
      var fields: [DecodedField] = []
      let message = decoder.decode(frame, into: &fields)
      output.write(
        DecodedFrame(frame: frame, bus: "can0", message: message, fields: fields), to: &text)
    }
    output.end(to: &text)
    return String(decoding: text, as: UTF8.self)
  }
}
