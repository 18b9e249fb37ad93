import CANFrames
import CANInterfaces
import FuzzSupport

@testable import BusbarApp

/// The monitor's picture of whatever a log holds, and its keys: nothing that is no text of ours may
/// reach the terminal, and no line may be wider than it.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  fuzz(bytes, count) { bytes in
    let split = min(bytes.count, 8)
    var reader = CandumpReader()
    var batch = FrameBatch()
    reader.read(bytes.extracting(droppingFirst: split), into: &batch)
    reader.finish(into: &batch)
    var model = MonitorModel(.automatic, name: "fuzz")
    model.take(batch, buses: reader.buses, now: 1_000_000_000)
    model.finish(now: 2_000_000_000)
    var controls = MonitorControls()
    var keys = KeyReader()
    for index in 0..<split {
      for key in keys.read([bytes[index]]) {
        _ = controls.take(key, rows: model.rows(matching: controls.filter).map(\.key))
      }
    }
    let appearance = ScreenAppearance(columns: 80, rows: 24, hasUnicode: false)
    let lines = MonitorScreen.lines(model, controls, appearance, now: 3_000_000_000)
    precondition(lines.count == 24)
    for line in lines {
      precondition(line.width <= 80)
      precondition(line.text.utf8.allSatisfy { (0x20..<0x7F).contains($0) })
    }
  }
}
