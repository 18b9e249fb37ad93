import CANFrames

@testable import BusbarApp

/// A monitor's model that is fed with what candump would have printed.
struct ShownBus {
  var model: MonitorModel
  var controls = MonitorControls()
  /// The clock that ages are counted on; frames arrive when they are stamped.
  private(set) var now: Int64 = 0
  private var reader = CandumpReader(secondsEastOfUTC: 0)

  init(_ choice: DialectChoice = .automatic, name: String = "can0", bitRate: Int? = nil) {
    model = MonitorModel(choice, name: name, bitRate: bitRate)
  }

  /// 2021-04-08 17:00:00 UTC.
  static let start: Int64 = 1_617_901_200_000_000_000

  /// Plays lines of a log, each frame arriving at its time; a second passes between two without.
  mutating func play(_ log: String) {
    var batch = FrameBatch()
    let bytes = Array((log + "\n").utf8)
    reader.read(bytes.span, into: &batch)
    for frame in batch.frames {
      now = frame.sourceTime ?? now + 1_000_000_000
      var one = FrameBatch()
      one.append(frame)
      model.take(one, buses: reader.buses, now: now)
    }
  }

  /// A REC Q on can0 and a Pylontech on can1, twelve rounds of each.
  static func twoBatteries() -> Self {
    var bus = Self(name: "two.log")
    let pylontech = [
      "351#1402740E740ECC01", "355#1A006400", "356#4E1302030405", "359#000000000A504E", "35C#C000",
      "35E#50594C4F4E202020",
    ]
    for round in 0..<12 {
      bus.play(RecordedRounds.log(1, from: round))
      for frame in pylontech { bus.play("(\(1_617_901_200 + round).900000) can1 \(frame)") }
    }
    return bus
  }

  mutating func happen(_ kind: BusEvent.Kind) {
    var batch = FrameBatch()
    batch.append(BusEvent(kind, timestamp: now, bus: 0))
    model.take(batch, buses: reader.buses, now: now)
  }

  /// Nothing is heard for so long.
  mutating func wait(seconds: Double) {
    now += Int64(seconds * 1e9)
    model.take(FrameBatch(), buses: reader.buses, now: now)
  }

  mutating func press(_ keys: MonitorKey...) {
    for key in keys {
      _ = controls.take(
        key, rows: model.rows(matching: controls.filter).map(\.key), buses: model.batteryBuses)
    }
  }

  mutating func type(_ text: String) {
    for character in text { press(.character(character)) }
  }

  func screen(
    _ columns: Int, _ rows: Int, hasUnicode: Bool = true, missedFrames: Int? = nil
  ) -> [ScreenLine] {
    MonitorScreen.lines(
      model, controls,
      ScreenAppearance(columns: columns, rows: rows, hasUnicode: hasUnicode), now: now,
      missedFrames: missedFrames)
  }
}

/// Rounds of a REC Q: nine messages, one second each.
enum RecordedRounds {
  /// So many rounds, with a voltage and a charge that change.
  ///
  /// - Parameters:
  ///   - count: How many.
  ///   - first: The number of the first one, which its time follows from.
  ///   - alarms: The payload of 0x35A.
  /// - Returns: Lines as candump -l writes them.
  static func log(_ count: Int, from first: Int = 0, alarms: String = "A8A082000000800A") -> String
  {
    (first..<first + count).map { round in
      let values = [
        ("380", "31512D3138343500"), ("351", "3802BC02E803CE01"),
        ("355", "3F006300" + word(6350 - round)), ("356", word(5320 + round % 3) + "1AFF2701"),
        ("35A", alarms), ("35E", "5245432D424D5300"), ("35F", "0000020664000000"),
        ("373", "EE0C0E0D26012901"), ("7AA", byte(round) + "000000"),
      ]
      return values.enumerated().map { index, frame in
        let microseconds = index * 100_000
        let fraction = String(microseconds + 1_000_000).dropFirst()
        return "(\(1_617_901_200 + round).\(fraction)) can0 \(frame.0)#\(frame.1)"
      }.joined(separator: "\n")
    }.joined(separator: "\n")
  }

  private static func word(_ number: Int) -> String {
    byte(number & 0xFF) + byte(number >> 8 & 0xFF)
  }

  private static func byte(_ number: Int) -> String {
    let digits = String(number & 0xFF, radix: 16, uppercase: true)
    return digits.count == 1 ? "0" + digits : digits
  }
}
