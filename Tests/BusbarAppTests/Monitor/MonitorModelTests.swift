import BatteryModel
import CANFrames
import Testing

@testable import BusbarApp

/// What is kept of what was heard, and that it stays bounded.
@Suite("Monitor model")
struct MonitorModelTests {
  @Test("identifiers beyond the limit are counted and not kept")
  func bounded() {
    var bus = ShownBus()
    var batch = FrameBatch()
    for number: UInt32 in 0..<3000 {
      guard let identifier = CANIdentifier(exactly: number * 97, format: .extended) else {
        continue
      }
      batch.append(
        CANFrame(timestamp: Int64(number), identifier: identifier, payload: 0, length: 1))
    }
    bus.model.take(batch, buses: BusNames(["can0"]), now: 1)
    #expect(bus.model.messages.rows.count == MonitoredMessages.limit)
    #expect(bus.model.messages.uncountedFrames == 3000 - MonitoredMessages.limit)
    #expect(bus.model.health.frameCount == 3000)
    #expect(bus.model.messages.rows.map(\.key) == bus.model.messages.rows.map(\.key).sorted())
  }

  @Test("what happens again and again takes one line")
  func errors() {
    var bus = ShownBus()
    for second in 1...50 { bus.play("(\(second).0) can0 20000080#0000000000000000") }
    #expect(bus.model.health.errorCount == 50)
    #expect(bus.model.health.happenings.count == 1)
    for count in 1...100 { bus.happen(.framesDropped(count)) }
    #expect(bus.model.health.lostCount == 5050)
    #expect(bus.model.health.happenings.count == 16)
  }

  @Test("a period is by the log's own times, and a pause is no period for long")
  func period() throws {
    var bus = ShownBus()
    for index in 0..<20 { bus.play("(\(index).0) can0 351#00") }
    let key = MonitoredMessage.Key(identifier: .standard(0x351), bus: 0)
    #expect(bus.model.messages.row(key)?.period == 1_000_000_000)
    bus.play("(1000.0) can0 351#00\n(1001.0) can0 351#00\n(1002.0) can0 351#00")
    for index in 0..<40 { bus.play("(\(1003 + index).0) can0 351#00") }
    let period = try #require(bus.model.messages.row(key)?.period)
    #expect((1_000_000_000..<6_000_000_000).contains(period))
  }

  @Test("only bytes that changed are marked, and not for long")
  func marks() throws {
    var bus = ShownBus()
    bus.play("(1.0) can0 351#0102\n(2.0) can0 351#0103")
    let row = try #require(bus.model.messages.rows.first)
    #expect(!row.isMarked(0, at: bus.now))
    #expect(row.isMarked(1, at: bus.now))
    #expect(!row.isMarked(1, at: bus.now + 1_500_000_000))
    #expect(row.everChanged == 0x0100)
  }

  @Test("rate and load follow the bus's own time and fall when it is silent")
  func rate() throws {
    var bus = ShownBus(bitRate: 250_000)
    for index in 0..<1000 {
      let fraction = String(index % 100 + 100).dropFirst()
      bus.play("(\(index / 100).\(fraction)) can0 351#0102030405060708")
    }
    let rate = try #require(bus.model.rate(at: bus.now))
    #expect((95...105).contains(rate.frames))
    #expect((95 * 111...105 * 135).contains(rate.bits))
    #expect(bus.model.rate(at: bus.now + 10_000_000_000)?.frames == 0)
    #expect(bus.model.bitRate == .known(250_000))
  }

  @Test("times that go back, stand still or are far apart do no harm")
  func wildTimes() {
    var bus = ShownBus()
    let times: [Int64] = [
      .max / 2, 0, -(.max / 2), 5, CANFrame.noTime, 1_700_000_000_000_000_000, .max / 2,
    ]
    for time in times {
      var batch = FrameBatch()
      batch.append(
        CANFrame(timestamp: time, identifier: .standard(0x351), payload: 7, length: 8))
      bus.model.take(batch, buses: BusNames(), now: 1)
      #expect(bus.screen(80, 24).count == 24)
    }
  }

  @Test("control characters from outside never reach the terminal")
  func hostileNames() {
    var bus = ShownBus(name: "a\u{1B}[2Jb\u{7}\u{9B}31m.log")
    var batch = FrameBatch()
    batch.append(CANFrame(timestamp: 1, identifier: .standard(0x351), payload: 0, length: 8))
    batch.append(BusEvent(.interfaceDown, timestamp: 1, bus: 0))
    batch.append(
      CANFrame(timestamp: 1, identifier: .standard(0x351), payload: 0, length: 8, bus: 1))
    bus.model.take(batch, buses: BusNames(["\u{1B}]0;x\u{7}", "\u{202E}b\u{200D}"]), now: 1)
    for line in bus.screen(120, 30) {
      for scalar in line.text.unicodeScalars {
        #expect(scalar.value >= 0x20 && !(0x7F..<0xA0).contains(scalar.value))
        #expect(scalar.value < 0x180 || scalar == "\u{2588}" || scalar == "\u{2591}")
      }
    }
  }
}
