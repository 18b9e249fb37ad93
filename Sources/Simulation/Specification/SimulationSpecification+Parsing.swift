import BatteryModel

extension SimulationSpecification {
  /// No specification is longer than this, in characters.
  private static let longest = 4096

  /// Reads what stands after `sim:`.
  package init(parsing text: String) throws(SimulationError) {
    self.init()
    guard text.utf8.count <= Self.longest else {
      throw SimulationError(
        text: "\(text.prefix(40))…", column: 0, problem: "longer than \(Self.longest) bytes")
    }
    let halves = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(halves[0])
    guard let product = SimulatedProduct(rawValue: name) else {
      let names = SimulatedProduct.allCases.map(\.rawValue).joined(separator: ", ")
      let advice =
        SimulatedProduct.nearestName(to: name).map { "did you mean '\($0)'?" }
        ?? "there are \(names)"
      throw SimulationError(
        text: text, column: 1, problem: "no battery is named '\(name)'; \(advice)")
    }
    self.product = product
    guard halves.count == 2 else { return }
    var column = name.count + 2
    for part in halves[1].split(separator: "&", omittingEmptySubsequences: false) {
      let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard pair.count == 2 else {
        throw SimulationError(
          text: text, column: column, problem: "'\(part)': expected name=value, such as cells=8")
      }
      try read(
        String(pair[0]), String(pair[1]),
        at: SimulationError(text: text, column: column, problem: ""))
      column += part.count + 1
    }
  }

  private mutating func read(
    _ name: String, _ value: String, at place: SimulationError
  ) throws(SimulationError) {
    func wrong(_ expected: String) -> SimulationError {
      var error = place
      error.column += name.count + 1
      error.problem = "\(name) is '\(value)', expected \(expected)"
      return error
    }
    func number(_ range: ClosedRange<Double>, _ unit: String) throws(SimulationError) -> Double {
      guard let number = Double(value), range.contains(number) else {
        throw wrong("a number from \(range.lowerBound) to \(range.upperBound) \(unit)")
      }
      return number
    }
    switch name {
    case "cells":
      let count = try number(4...32, "cells")
      guard count == count.rounded() else { throw wrong("a whole number from 4 to 32") }
      cellCount = Int(count)
    case "chemistry":
      guard let known = Chemistry(rawValue: value) else {
        throw wrong(Chemistry.allCases.map(\.rawValue).joined(separator: ", "))
      }
      chemistry = known
    case "capacity": capacity = try number(1...5000, "Ah")
    case "soc": stateOfCharge = try number(0...100, "%")
    case "temperature": temperature = try number(-50...80, "degC")
    case "profile":
      guard !value.isEmpty else { throw wrong("a profile's name or a YAML file") }
      profileName = value
    case "speed": speed = value == "max" ? nil : try number(0.01...1_000_000, "or max")
    case "seed":
      guard let known = UInt64(value) else { throw wrong("a whole number from 0 on") }
      seed = known
    case "for":
      guard let seconds = Fault.seconds(value), seconds > 0 else {
        throw wrong("a length of time such as 60s, 15m, 1h or 2d")
      }
      duration = seconds
    case "firmware":
      guard value.split(separator: ".").compactMap({ UInt8($0) }).count == 2 else {
        throw wrong("a version such as 2.6")
      }
      firmware = value
    case "fault": try readFaults(value, at: place)
    default: try readSetting(name, at: place, number)
    }
  }

  private mutating func readFaults(
    _ text: String, at place: SimulationError
  ) throws(SimulationError) {
    var column = place.column + "fault=".count
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      do throws(FaultTextError) {
        faults.append(try Fault(parsing: String(part)))
      } catch {
        throw SimulationError(
          text: place.text, column: column + error.column - 1, problem: error.description)
      }
      column += part.count + 1
    }
  }

  private mutating func readSetting(
    _ name: String, at place: SimulationError,
    _ number: (ClosedRange<Double>, String) throws(SimulationError) -> Double
  ) throws(SimulationError) {
    guard let setting = BMSSetting(named: name) else {
      var error = place
      let known = Self.parameters + BMSSetting.allCases.map(\.name)
      let advice =
        Spelling.nearest(to: name, among: known).map { "did you mean '\($0)'?" }
        ?? "there are \(Self.parameters.joined(separator: ", ")), and settings such as CMAX"
      error.problem = "no parameter is named '\(name)'; \(advice)"
      throw error
    }
    settings[setting] = try number(setting.range, setting.unit)
  }
}
