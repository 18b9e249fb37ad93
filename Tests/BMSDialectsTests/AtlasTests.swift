import BMSDialects
import BatteryModel
import DBC
import Testing

@Suite("The atlas of dialects")
struct AtlasTests {
  @Test("every file compiles and says who it is", arguments: DialectAtlas.names)
  func compiles(name: String) throws {
    let file = try DBCFile(parsing: DialectAtlas.contents(of: name), name: name + ".dbc")
    let dialect = try Dialect(file)
    #expect(dialect.name == name)
    #expect(!dialect.title.isEmpty)
    #expect(!dialect.bitRates.isEmpty)
    #expect(file.danglingReferences.isEmpty)
    #expect(file.faults.isEmpty)
    #expect(dialect.plan.omissions.isEmpty)
  }

  @Test("every message and signal has a comment and a source", arguments: DialectAtlas.names)
  func isDocumented(name: String) throws {
    let dialect = try #require(DialectAtlas.dialect(named: name))
    for message in dialect.file.messages {
      #expect(message.comment?.isEmpty == false, "message \(message.name)")
      for signal in message.signals {
        #expect(signal.comment?.isEmpty == false, "signal \(message.name).\(signal.name)")
      }
    }
    for (slot, signal) in dialect.signals.enumerated() {
      #expect(!signal.source.isEmpty, "signal \(dialect.plan.signals[slot].name)")
    }
  }

  @Test("alarms have labels that are alarm states", arguments: DialectAtlas.names)
  func alarmLabels(name: String) throws {
    let dialect = try #require(DialectAtlas.dialect(named: name))
    for (slot, signal) in dialect.signals.enumerated() where signal.quantity?.details.kind == .alarm
    {
      let plan = dialect.plan.signals[slot]
      #expect(plan.labels.count == 1 << plan.field.width, "\(plan.name)")
      #expect(plan.labels.values.allSatisfy { AlarmState(rawValue: $0) != nil }, "\(plan.name)")
    }
  }

  @Test("a quantity has the catalogue's unit", arguments: DialectAtlas.names)
  func units(name: String) throws {
    let dialect = try #require(DialectAtlas.dialect(named: name))
    for (slot, signal) in dialect.signals.enumerated() {
      guard let quantity = signal.quantity, signal.encoding == .number else { continue }
      #expect(dialect.plan.signals[slot].unit == quantity.details.unit, "\(quantity)")
    }
  }

  @Test("what the inverter says is no quantity of the battery", arguments: DialectAtlas.names)
  func inverter(name: String) throws {
    let dialect = try #require(DialectAtlas.dialect(named: name))
    for (index, message) in dialect.plan.messages.enumerated()
    where dialect.messages[index].direction == .inverter {
      #expect(message.signals.allSatisfy { dialect.signals[$0].quantity == nil }, "\(message.name)")
    }
  }

  @Test(
    "a wrong attribute is told with its place and a guess",
    arguments: [
      (
        #"BA_DEF_ SG_ "BusbarQuantity" STRING ; BA_ "BusbarQuantity" SG_ 1 V "voltag";"#,
        "my.dbc:3:2: signal 'V' has the quantity 'voltag', which does not exist; did you mean 'voltage'?"
      ),
      (
        #"BA_DEF_ SG_ "BusbarNotAvailable" STRING ; BA_ "BusbarNotAvailable" SG_ 1 V "0x1FFFF";"#,
        "my.dbc:3:2: BusbarNotAvailable of signal 'V' is '0x1FFFF', expected raw values such as 0xFFFF, 65535 or -32768..-601"
      ),
      (
        #"BA_DEF_ SG_ "BusbarRule" STRING ; BA_ "BusbarRule" SG_ 1 V "sometimes";"#,
        "my.dbc:3:2: BusbarRule of signal 'V' is 'sometimes', expected rules such as 'when serial=1Q-* raw>250 add=1'"
      ),
      (
        #"BA_DEF_ SG_ "BusbarAbsentBeside" STRING ; BA_ "BusbarAbsentBeside" SG_ 1 V "W";"#,
        "my.dbc:3:2: BusbarAbsentBeside of signal 'V' names 'W', which is no signal of this message"
      ),
    ])
  func wrongAttribute(statement: String, message: String) throws {
    let text = "VERSION \"\"\nBO_ 1 M: 8 A\n SG_ V : 0|16@1+ (0.1,0) [0|0] \"V\" A\n" + statement
    let file = try DBCFile(parsing: Array(text.utf8), name: "my.dbc")
    let error = #expect(throws: DialectError.self) { _ = try Dialect(file) }
    #expect(error?.description == message)
  }
}
