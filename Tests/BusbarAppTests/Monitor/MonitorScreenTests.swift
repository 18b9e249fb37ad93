import BMSDialects
import BusbarApp
import CANFrames
import Testing

/// Whole pictures; `RECORD_SNAPSHOTS=1` draws them anew.
@Suite("Monitor screens")
struct MonitorScreenTests {
  static let sizes = [(80, 24), (100, 30), (120, 40)]

  static func bus(rounds: Int = 12) -> ShownBus {
    var bus = ShownBus()
    bus.play(RecordedRounds.log(rounds))
    return bus
  }

  @Test("a REC Q, at every size", arguments: sizes)
  func battery(columns: Int, rows: Int) throws {
    try ScreenSnapshot.check(
      Self.bus().screen(columns, rows), "battery", columns, rows)
  }

  @Test("a terminal that is too small says so", arguments: [(40, 10), (60, 15), (59, 24), (10, 1)])
  func tooSmall(columns: Int, rows: Int) throws {
    let lines = Self.bus().screen(columns, rows)
    try ScreenSnapshot.check(lines, "too-small", columns, rows)
  }

  @Test("before the first frame nothing is claimed")
  func nothing() throws {
    try ScreenSnapshot.check(ShownBus().screen(80, 24), "nothing", 80, 24)
  }

  @Test("values fade when they are not confirmed, and go", arguments: [3.0, 30.0])
  func stale(seconds: Double) throws {
    var bus = Self.bus()
    bus.wait(seconds: seconds)
    try ScreenSnapshot.check(bus.screen(80, 24), "stale-\(Int(seconds))", 80, 24)
  }

  @Test("alarms and warnings stand in words with since when; doubtful values with the reason")
  func alarms() throws {
    var bus = Self.bus(rounds: 10)
    bus.play(RecordedRounds.log(63, from: 10, alarms: "98A0820000008009"))
    // 1.7 V between readings of 53 V.
    bus.play("(1617901273.0) can0 356#AA001AFF2701")
    bus.happen(.framesDropped(17))
    bus.happen(.interfaceDown)
    bus.play("(1617901273.1) can0 20000004#0010000000000000")
    for size in Self.sizes {
      try ScreenSnapshot.check(bus.screen(size.0, size.1), "alarms", size.0, size.1)
    }
  }

  @Test("single cells are listed where the battery tells them")
  func cells() throws {
    var bus = ShownBus(try DialectChoice("simpbms"))
    for cell in 1...30 {
      let millivolts = 3330 + (cell * 7) % 13
      let bytes = [0x1E, 0, 0, cell, 0, 0, millivolts & 0xFF, millivolts >> 8]
      let data = bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
      bus.play("(\(1_617_901_200 + cell / 10).\(cell % 10)) can0 372#\(data)")
    }
    for size in Self.sizes {
      try ScreenSnapshot.check(bus.screen(size.0, size.1), "cells", size.0, size.1)
    }
  }

  @Test("a paused monitor says so")
  func paused() throws {
    var bus = Self.bus()
    bus.press(.character("p"))
    try ScreenSnapshot.check(bus.screen(80, 24), "paused", 80, 24)
  }

  @Test("a filter is seen while it is typed, and as long as it holds")
  func filter() throws {
    var bus = Self.bus()
    bus.type("/35")
    try ScreenSnapshot.check(bus.screen(80, 24), "filter-typed", 80, 24)
    bus.press(.enter)
    try ScreenSnapshot.check(bus.screen(100, 30), "filter-kept", 100, 30)
  }

  @Test("details draw the bits of a message", arguments: sizes)
  func details(columns: Int, rows: Int) throws {
    var bus = Self.bus()
    bus.type("jjjd")
    try ScreenSnapshot.check(bus.screen(columns, rows), "details-356", columns, rows)
    bus.type("j")
    try ScreenSnapshot.check(bus.screen(columns, rows), "details-35A", columns, rows)
  }

  @Test("details that do not fit are shown in parts, the first again after the last")
  func detailsInParts() throws {
    var bus = Self.bus()
    bus.type("jjjjd")
    let first = bus.screen(80, 24)
    bus.press(.pageDown)
    try ScreenSnapshot.check(bus.screen(80, 24), "details-35A-second", 80, 24)
    let second = bus.screen(80, 24)
    #expect(second.prefix(12) == first.prefix(12), "title and bits stay")
    bus.press(.pageDown)
    #expect(bus.screen(80, 24) == first)
    bus.press(.pageUp)
    #expect(bus.screen(80, 24) == second)
    bus.type("kj")
    #expect(bus.screen(80, 24) == first, "another message begins at its beginning")
  }

  @Test("a paused monitor says how many frames came since")
  func pausedFrames() throws {
    var bus = Self.bus()
    bus.press(.character("p"))
    let title = bus.screen(80, 24, missedFrames: 1234)[0].text
    #expect(title.hasSuffix("  PAUSED, 1234 frames since "))
    #expect(bus.screen(80, 24, missedFrames: 0)[0].text.hasSuffix("  PAUSED "))
  }

  @Test("details of a message that no dialect describes")
  func detailsUnknown() throws {
    var bus = Self.bus()
    bus.press(.end, .enter)
    try ScreenSnapshot.check(bus.screen(80, 24), "details-7AA", 80, 24)
  }

  @Test("help")
  func help() throws {
    var bus = Self.bus()
    bus.press(.character("?"))
    try ScreenSnapshot.check(bus.screen(80, 24), "help", 80, 24)
  }

  @Test("a log that has ended says so, and is drawn in ASCII where there is no UTF-8")
  func ended() throws {
    var bus = Self.bus()
    bus.model.finish(now: bus.now)
    try ScreenSnapshot.check(bus.screen(80, 24, hasUnicode: false), "ended-ascii", 80, 24)
  }

  @Test("of two batteries on two buses one is shown, and b shows the other")
  func twoBatteries() throws {
    var bus = ShownBus.twoBatteries()
    try ScreenSnapshot.check(bus.screen(100, 30), "two-first", 100, 30)
    bus.type("b")
    try ScreenSnapshot.check(bus.screen(100, 30), "two-second", 100, 30)
    bus.type("b")
    try ScreenSnapshot.check(bus.screen(100, 30), "two-first", 100, 30)
  }

  @Test("ids of no known battery are listed, 29-bit ones and requests too, on several buses")
  func unknown() throws {
    var bus = ShownBus(name: "drive.log", bitRate: 500_000)
    for second in 0..<40 {
      for number in 0..<40 {
        bus.play("(\(second).\(100 + number)) can0 18FEF1\(number + 10)#0\(number % 10)00")
      }
      bus.play("(\(second).5) can1 7DF#R8")
    }
    bus.type("jj")
    bus.press(.pageDown, .pageDown)
    try ScreenSnapshot.check(bus.screen(100, 30), "unknown", 100, 30)
  }

  @Test("the README shows a picture as it is drawn now")
  func readme() throws {
    let text = try ScreenSnapshot.readme()
    let picture = try ScreenSnapshot.picture("alarms", 80, 24)
    #expect(text.contains("<!-- screen of: alarms-80x24 -->\n```\n\(picture)\n```\n"))
  }
}
