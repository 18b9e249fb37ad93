import BusbarApp
import CANFrames
import Testing

/// The battery in one line.
@Suite("Status line")
struct StatusLineTests {
  @Test("says the same as long as nothing changes, and what does")
  func line() {
    var bus = ShownBus()
    #expect(StatusLine.text(bus.model, now: bus.now, hasUnicode: false) == "")
    bus.play("(1.0) can0 7AA#01")
    #expect(
      StatusLine.text(bus.model, now: bus.now, hasUnicode: false)
        == "no battery yet: 1 frames of 1 ids, 0 errors")
    bus = ShownBus()
    bus.play(RecordedRounds.log(10))
    bus.happen(.framesDropped(2))
    #expect(
      StatusLine.text(bus.model, now: bus.now, hasUnicode: false)
        == "SOC 63.4 %, 53.20 V, -23.0 A, -1224 W, 29.5 degC, CVL 56.8 V, CCL 70.0 A, "
        + "DCL 100.0 A, DVL 46.2 V, cell min 3.310 V, cell max 3.342 V, online; 2 frames lost")
  }

  @Test("tells of each battery where there are several buses")
  func several() {
    let bus = ShownBus.twoBatteries()
    let line = StatusLine.text(bus.model, now: bus.now, hasUnicode: false)
    #expect(line.hasPrefix("can0: SOC 63.4 %, 53.22 V"))
    #expect(line.contains(" | can1: SOC 26.0 %, 49.42 V"))
  }
}
