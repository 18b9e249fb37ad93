import BusbarApp
import CANFrames
import Testing

/// What keys do.
@Suite("Monitor controls")
struct MonitorControlsTests {
  @Test("letters belong to the filter while it is typed, and q does not quit then")
  func typing() {
    var bus = ShownBus()
    bus.play(RecordedRounds.log(1))
    bus.type("/qp?")
    #expect(bus.controls.filter == "qp?")
    #expect(!bus.controls.isPaused)
    bus.press(.backspace, .backspace, .enter)
    #expect(bus.controls.filter == "q")
    #expect(!bus.controls.isTyping)
    bus.press(.escape)
    #expect(bus.controls.filter == "")
    #expect(bus.controls.take(.character("q"), rows: []) == .quit)
  }

  @Test("a filter is bounded")
  func bounded() {
    var bus = ShownBus()
    bus.type("/" + String(repeating: "a", count: 1000))
    #expect(bus.controls.filter.count == 32)
  }

  @Test(
    "a filter finds identifiers, names and quantities in any case",
    arguments: [("35a", 1), ("LIMIT", 1), ("unknown", 1), ("cell_voltage", 1), ("7", 2), ("zz", 0)])
  func filter(text: String, count: Int) {
    var bus = ShownBus()
    bus.play(RecordedRounds.log(12))
    #expect(bus.model.rows(matching: text).count >= count)
    #expect((bus.model.rows(matching: text).count == 0) == (count == 0))
  }

  @Test("the choice stays within the list, and stays with its message when others come")
  func selection() {
    var bus = ShownBus()
    bus.play("(1.0) can0 356#00\n(1.1) can0 35A#00")
    bus.press(.down, .down, .down, .down)
    #expect(bus.controls.selection?.identifier == .standard(0x35A))
    bus.play("(1.2) can0 100#00")
    #expect(bus.controls.selection?.identifier == .standard(0x35A))
    bus.press(.home)
    #expect(bus.controls.selection?.identifier == .standard(0x100))
    bus.press(.up, .enter)
    #expect(bus.controls.page == .details)
    bus.press(.escape, .escape)
    #expect(bus.controls.selection == nil)
  }
}
