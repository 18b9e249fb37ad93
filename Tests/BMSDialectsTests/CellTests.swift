import BMSDialects
import BatteryModel
import CANFrames
import DBC
import Testing

@Suite("Single cells")
struct CellTests {
  /// Cells in every way that a BMS can tell them: a signal for each, a multiplexed signal for each,
  /// and a signal beside the number of the cell.
  static let file = """
    VERSION ""
    BO_ 1 Plain: 8 A
     SG_ First : 0|16@1+ (0.001,0) [0|0] "V" A
     SG_ Warmth : 16|8@1- (1,0) [0|0] "degC" A
    BO_ 2 Multiplexed: 8 A
     SG_ Page M : 0|8@1+ (1,0) [0|0] "" A
     SG_ Third m0 : 8|16@1+ (0.001,0) [0|0] "V" A
     SG_ Fourth m1 : 8|16@1+ (0.001,0) [0|0] "V" A
    BO_ 3 Numbered: 8 A
     SG_ Module : 0|8@1+ (1,0) [0|0] "" A
     SG_ Left : 8|16@1+ (0.001,0) [0|0] "V" A
     SG_ Right : 24|16@1+ (0.001,0) [0|0] "V" A
    BA_DEF_ SG_ "BusbarQuantity" STRING ;
    BA_DEF_ SG_ "BusbarCell" STRING ;
    BA_DEF_ SG_ "BusbarNotAvailable" STRING ;
    BA_ "BusbarQuantity" SG_ 1 First "cell_voltage";
    BA_ "BusbarCell" SG_ 1 First "1";
    BA_ "BusbarNotAvailable" SG_ 1 First "0xFFFF";
    BA_ "BusbarQuantity" SG_ 1 Warmth "cell_temperature";
    BA_ "BusbarCell" SG_ 1 Warmth "1";
    BA_ "BusbarQuantity" SG_ 2 Third "cell_voltage";
    BA_ "BusbarCell" SG_ 2 Third "3";
    BA_ "BusbarQuantity" SG_ 2 Fourth "cell_voltage";
    BA_ "BusbarCell" SG_ 2 Fourth "4";
    BA_ "BusbarQuantity" SG_ 3 Left "cell_voltage";
    BA_ "BusbarCell" SG_ 3 Left "Module*2+1";
    BA_ "BusbarQuantity" SG_ 3 Right "cell_voltage";
    BA_ "BusbarCell" SG_ 3 Right "Module*2+2";
    """

  static func dialect(_ text: String = file) throws -> Dialect {
    try Dialect(DBCFile(parsing: Array(text.utf8), name: "my.dbc"))
  }

  @Test(
    "are told by signals of their own, by a multiplexor and by their number",
    arguments: [
      ("001#0D0D19", [#""cell_voltage_1":3.341"#, #""cell_temperature_1":25"#]),
      ("001#FFFFF6", [#""cell_voltage_1":null"#, #""cell_temperature_1":-10"#]),
      ("002#000D0D", [#""Page":0"#, #""cell_voltage_3":3.341"#]),
      ("002#010E0D", [#""Page":1"#, #""cell_voltage_4":3.342"#]),
      ("002#020E0D", [#""Page":2"#]),
      ("003#000D0D0E0D", [#""Module":0"#, #""cell_voltage_1":3.341"#, #""cell_voltage_2":3.342"#]),
      ("003#050D0D", [#""Module":5"#, #""cell_voltage_11":3.341"#]),
      // Cells 255 and 256 are the last; there is no 257.
      (
        "003#7F0D0D0E0D",
        [#""Module":127"#, #""cell_voltage_255":3.341"#, #""cell_voltage_256":3.342"#]
      ),
      ("003#800D0D0E0D", [#""Module":128"#]),
      ("003#FF0D0D0E0D", [#""Module":255"#]),
    ])
  func decodes(frame: String, expected: [String]) throws {
    var decoder = DialectDecoder(try Self.dialect())
    var fields: [DecodedField] = []
    _ = decoder.decode(try CapturedFramesTests.frame(frame), into: &fields)
    #expect(fields.map(\.jsonText) == expected)
  }

  @Test("are no quantities of the whole battery, but make a dialect one of a battery")
  func describesBattery() throws {
    let dialect = try Self.dialect()
    #expect(dialect.describesBattery)
    #expect(dialect.quantities.isEmpty)
    #expect(
      dialect.cells.map(\.name) == [
        "cell_temperature_1", "cell_voltage_1", "cell_voltage_3", "cell_voltage_4",
      ])
  }

  @Test(
    "a wrong attribute is told",
    arguments: [
      "", "0", "257", "-1", "*2", "Module*", "Module*0+1", "Module+-1", "Module*2*2", "Module+300",
    ])
  func malformed(place: String) throws {
    let text = Self.file.replacing(#"Left "Module*2+1""#, with: #"Left "\#(place)""#)
    let error = #expect(throws: DialectError.self) { _ = try Self.dialect(text) }
    #expect(
      error?.description
        == "my.dbc:11:2: BusbarCell of signal 'Left' is '\(place)', expected a cell's number or a signal "
        + "such as 7, CellNumber or Module*4+1, beside the quantity cell_voltage or cell_temperature"
    )
  }

  @Test("a signal that is not there, and a cell without a quantity, are told")
  func unknown() throws {
    let strange = Self.file.replacing(#"Left "Module*2+1""#, with: #"Left "Modul+1""#)
    #expect(
      throws: DialectError.unknownSignal(
        "Modul", attribute: "BusbarCell", signal: "Left",
        at: .init(file: "my.dbc", line: 11, column: 2))
    ) {
      _ = try Self.dialect(strange)
    }
    let bare = Self.file.replacing(#"BA_ "BusbarQuantity" SG_ 3 Left "cell_voltage";"#, with: "")
    #expect(throws: DialectError.self) { _ = try Self.dialect(bare) }
    let mistyped = Self.file.replacing(
      #"SG_ 3 Left "cell_voltage""#, with: #"SG_ 3 Left "cell_voltag""#)
    #expect(
      throws: DialectError.unknownQuantity(
        "cell_voltag", suggestion: "cell_voltage", signal: "Left",
        at: .init(file: "my.dbc", line: 11, column: 2))
    ) {
      _ = try Self.dialect(mistyped)
    }
  }
}
