import BatteryModel
import BusbarTestSupport
import Publishers
import Testing

@Suite("Single cells")
struct CellPathTests {
  @Test(
    "go where the switch says",
    arguments: [
      (SignalKCellPaths.cells, ["cells.1.voltage", "cells.2.voltage"]),
      (.cellVoltages, ["cellVoltages.1.voltage", "cellVoltages.2.voltage"]),
      (
        .both,
        [
          "cellVoltages.1.voltage", "cellVoltages.2.voltage", "cells.1.voltage", "cells.2.voltage",
        ]
      ),
    ])
  func goesWhere(paths: SignalKCellPaths, expected: [String]) throws {
    var bench = try EncoderBench(cellPaths: paths)
    for cell in 1...2 {
      bench.snapshot.record(
        .voltage, ofCell: cell, 3.3 + Double(cell) / 1000, time: EncoderBench.start, heard: 0)
      bench.snapshot.record(
        .temperature, ofCell: cell, 21.5, time: EncoderBench.start, heard: 0)
    }
    let sent = bench.ask(at: 0)
    #expect(
      sent.values.map(\.path).sorted()
        == (expected + ["cells.1.temperature", "cells.2.temperature"])
        .sorted())
    #expect(sent[expected[0]] == 3.301)
    #expect(sent["cells.2.temperature"] == 294.65)
    #expect(
      sent.metas[expected[1]] == [
        "description": "Voltage of cell 2.", "units": "V",
        "displayName": "House battery cell 2 voltage", "timeout": 60,
        "displayScale": ["lower": 2.5, "upper": 4.2],
      ])
    try DeltaRecording.keep(bench.sent)
  }

  @Test("are null once when they go absent, and never first")
  func goesAbsent() throws {
    var bench = try EncoderBench()
    bench.snapshot.record(.voltage, ofCell: 1, nil, time: EncoderBench.start, heard: 0)
    #expect(bench.ask(at: 0).values.isEmpty)
    bench.snapshot.record(.voltage, ofCell: 1, 3.3, time: EncoderBench.start, heard: 0)
    #expect(bench.ask(at: 1)["cells.1.voltage"] == 3.3)
    #expect(bench.ask(at: 10)["cells.1.voltage"] == .null)
    #expect(bench.ask(at: 11).values.isEmpty)
    try DeltaRecording.keep(bench.sent)
  }

  @Test("are counted from 1, and bounded", arguments: [0, -1, 257, .max])
  func isBounded(cell: Int) throws {
    var bench = try EncoderBench()
    bench.snapshot.record(.voltage, ofCell: cell, 3.3, time: nil, heard: 0)
    #expect(bench.snapshot.cells.isEmpty)
  }
}
