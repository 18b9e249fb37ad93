import CANFrames
import DBC
import Testing

@Suite("A DBC file with every kind of statement")
struct SampleFileTests {
  let file: DBCFile
  let measurements: DBCMessage
  let cells: DBCMessage

  init() throws {
    file = try DBCFile(SampleFile.text)
    measurements = try #require(file.messages.first)
    cells = try #require(file.messages.dropFirst().first)
  }

  @Test("is read without a remark")
  func noRemarks() {
    #expect(file.faults == [])
    #expect(file.danglingReferences == [])
    #expect(DecodePlan(file).omissions == [])
  }

  @Test("gives its version, nodes, tables and comments")
  func descriptions() {
    #expect(file.version == "2.6")
    #expect(file.nodes == ["BMS", "INV", "Display"])
    #expect(file.valueTables == ["Alarm": [1: "active", 2: "inactive"]])
    #expect(file.comment == "Sent by the \"REC Q\".\nLogged to C:\\can\\")
    #expect(file.nodeComments == ["BMS": "The battery."])
    #expect(file.environmentVariables == ["Dim"])
    #expect(file.signalGroups == ["Electrical": ["Voltage", "Current"]])
  }

  @Test("gives its messages")
  func messages() {
    #expect(measurements.name == "Measurements")
    #expect(measurements.identifier == .standard(0x356))
    #expect(measurements.length == 8)
    #expect(measurements.sender == "BMS")
    #expect(measurements.comment == "What it measures.")
    #expect(measurements.location == SourceLocation(file: "house.dbc", line: 15, column: 1))
    #expect(cells.identifier == CANIdentifier(exactly: 0x18FE_F1FE, format: .extended))
    #expect(file.messages.count == 3)
  }

  @Test("gives its signals")
  func signals() throws {
    let current = try #require(measurements.signals.dropFirst().first)
    #expect(current.name == "Current")
    #expect(current.startBit == 16)
    #expect(current.length == 16)
    #expect(current.byteOrder == .littleEndian)
    #expect(current.format == .signed)
    #expect(current.factor == ExactDecimal("0.1"))
    #expect(current.offset == .zero)
    #expect(current.minimum == ExactDecimal("-3276.8"))
    #expect(current.maximum == ExactDecimal("3276.7"))
    #expect(current.unit == "A")
    #expect(current.receivers == ["INV"])
    #expect(current.comment == "Positive\nwhile it charges.")
    #expect(current.labels == [-1: "Error", 32_767: "Not available"])
    #expect(measurements.signals.first?.receivers == ["INV", "Display"])
    #expect(measurements.signals.last?.unit == "°C")
    #expect(cells.signals.first?.byteOrder == .bigEndian)
    #expect(cells.signals.last?.format == .float)
  }

  @Test("gives what selects its multiplexed signals")
  func multiplexing() {
    #expect(cells.signals.map(\.isMultiplexor) == [true, false, true, false, false])
    #expect(cells.signals.map { $0.selector?.signal } == [nil, "Page", "Page", "Kind", "Page"])
    #expect(
      cells.signals.map { $0.selector?.values ?? [] } == [
        [], [0...0], [1...1, 4...6], [2...2], [3...3],
      ])
    #expect(cells.signals.map(\.labels.count) == [0, 0, 2, 0, 0])
  }

  @Test("gives its attributes, and defaults where it has none")
  func attributes() {
    #expect(file.attribute("BusType") == .text("CAN"))
    #expect(file.attribute("GenMsgSendType", of: measurements) == .text("event"))
    #expect(file.attribute("GenMsgSendType", of: cells) == .text("cyclic"))
    #expect(file.attribute("GenMsgCycleTime", of: cells)?.integer == 1000)
    #expect(
      measurements.signals.map { file.attribute("GenSigFactor", of: $0)?.text } == [
        nil, "0.5", nil,
      ])
  }

  @Test("names the statements that Busbar has no use for")
  func unused() {
    #expect(
      file.unusedStatements == [
        "BO_TX_BU_": 1, "ENVVAR_DATA_": 1, "CM_ EV_": 1, "BA_DEF_REL_": 1, "BA_DEF_DEF_REL_": 1,
        "BA_ BU_": 1, "BA_REL_": 1, "VAL_ EV_": 1,
      ])
  }
}
