import BatteryModel
import CANFrames

/// What is wrong with a text that should be a fault.
package struct FaultTextError: Error, Hashable, CustomStringConvertible {
  /// Where in the text, counted in characters from 1.
  package var column: Int
  package var description: String

  package init(column: Int, description: String) {
    self.column = column
    self.description = description
  }
}

extension Fault {
  /// The names that faults are written with, each with its form.
  package static let forms: [(name: String, form: String, meaning: String)] = [
    ("drift", "drift:CELL[:AMPERE]", "a cell drains by itself, by 0.5 A unless told"),
    ("loose-wire", "loose-wire:CELL", "a sense wire makes bad contact, the voltage jumps"),
    ("stuck-sensor", "stuck-sensor:NUMBER", "a temperature sensor keeps showing what it showed"),
    ("missing-sensor", "missing-sensor:NUMBER", "a temperature sensor is not there"),
    ("restart", "restart", "the BMS is silent for 10 s and starts with 50 % of charge"),
    ("silence", "silence", "nothing is sent"),
    ("missing", "missing:ID", "one identifier is not sent, such as 373"),
    ("corrupt", "corrupt:PERCENT", "so many of a hundred frames have a bit turned"),
    ("bus-off", "bus-off", "the listener's controller leaves the bus, for 10 s unless told"),
    ("error-frames", "error-frames", "error frames among the others"),
    ("wrong-bitrate", "wrong-bitrate", "error frames and nothing else"),
    ("firmware", "firmware:VERSION", "the BMS starts anew with other software, such as 2.8"),
    ("second-bms", "second-bms", "another battery of the kind speaks on the same bus"),
    ("clock-step", "clock-step:SECONDS", "the clock that stamps frames is set, such as -3600"),
  ]

  /// Reads a fault such as `silence@60s`, `drift:3:0.5@1h` or `missing:373@10s+30s`.
  ///
  /// After `@` stands when it begins, after `+` how long it lasts; without them it is there all the
  /// time.
  package init(parsing text: String) throws(FaultTextError) {
    let halves = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    let words = halves[0].split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    let timeColumn = halves[0].count + 2
    var start = 0.0
    var duration: Double?
    if halves.count == 2 {
      let times = halves[1].split(separator: "+", omittingEmptySubsequences: false)
      guard times.count <= 2, let first = times.first.flatMap({ Self.seconds($0) }) else {
        throw FaultTextError(
          column: timeColumn, description: "'\(halves[1])' is no time; write 60s, 5m, 1h or 2d")
      }
      start = first
      if times.count == 2 {
        duration = Self.seconds(times[1])
        guard duration != nil else {
          throw FaultTextError(
            column: timeColumn + times[0].count + 1,
            description: "'\(times[1])' is no length of time; write 60s, 5m, 1h or 2d")
        }
      }
    }
    let kind = try Self.kind(words)
    let lasts: Double? =
      switch kind {
      case .restart, .firmware, .busOff: 10
      default: nil
      }
    self.init(kind, start: start, duration: duration ?? lasts)
  }

  /// A number of seconds, with `s`, `m`, `h` or `d`, at most a century; `nil` for anything else.
  package static func seconds(_ text: some StringProtocol) -> Double? {
    let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
    let unit = text.last.flatMap { units[$0] }
    guard let number = Double(unit == nil ? String(text) : String(text.dropLast())),
      number.isFinite, number >= 0
    else { return nil }
    let seconds = number * (unit ?? 1)
    return seconds <= 3.2e9 ? seconds : nil
  }

  private static func kind(_ words: [String]) throws(FaultTextError) -> Kind {
    let name = words[0]
    guard let form = forms.first(where: { $0.name == name })?.form else {
      let names = forms.map(\.name)
      let advice =
        Spelling.nearest(to: name, among: names).map { "did you mean '\($0)'?" }
        ?? "there are \(names.joined(separator: ", "))"
      throw FaultTextError(column: 1, description: "no fault is named '\(name)'; \(advice)")
    }
    let wrong = FaultTextError(
      column: name.count + 2,
      description: "'\(words.joined(separator: ":"))' is not of the form \(form)")
    func number(_ index: Int, _ range: ClosedRange<Double>, else fallback: Double? = nil)
      throws(FaultTextError) -> Double
    {
      guard words.count > index else {
        guard let fallback else { throw wrong }
        return fallback
      }
      guard let number = Double(words[index]), range.contains(number) else { throw wrong }
      return number
    }
    switch name {
    case "drift":
      return .drift(cell: Int(try number(1, 1...32)), current: try number(2, 0...100, else: 0.5))
    case "loose-wire": return .looseWire(cell: Int(try number(1, 1...32)))
    case "stuck-sensor": return .stuckSensor(Int(try number(1, 1...2)))
    case "missing-sensor": return .missingSensor(Int(try number(1, 1...2)))
    case "missing":
      guard words.count == 2, let number = UInt32(words[1], radix: 16),
        let identifier = CANIdentifier(
          exactly: number, format: words[1].count > 3 ? .extended : .standard)
      else { throw wrong }
      return .missing(identifier)
    case "corrupt": return .corrupted(percent: try number(1, 0...100))
    case "firmware":
      let parts = words.dropFirst().first?.split(separator: ".").compactMap { UInt8($0) } ?? []
      guard parts.count == 2, words.count == 2 else { throw wrong }
      return .firmware("\(parts[0]).\(parts[1])")
    case "clock-step": return .clockStep(seconds: try number(1, -3e9...3e9))
    default:
      guard words.count == 1 else { throw wrong }
      let plain: [String: Kind] = [
        "restart": .restart, "silence": .silence, "bus-off": .busOff,
        "error-frames": .errorFrames, "wrong-bitrate": .wrongBitRate, "second-bms": .secondBMS,
      ]
      return plain[name] ?? .silence
    }
  }
}
