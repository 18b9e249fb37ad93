/// What a user wrote after `sim:`, understood.
///
///     rec-q
///     rec-q?cells=16&profile=van-day&speed=60&seed=1
///     victron?capacity=280&soc=80&fault=silence@60s,drift:3@1h&CMAX=3.65
package struct SimulationSpecification: Sendable {
  package var product = SimulatedProduct.recQ
  /// A built-in profile's name, or the path of a YAML file.
  package var profileName = "van-day"
  /// How many times faster than real time; `nil` for as fast as it goes.
  package var speed: Double? = 1
  package var seed: UInt64 = 1
  /// How much is simulated, in s; `nil` for without end.
  package var duration: Double?
  package var cellCount: Int?
  package var chemistry: Chemistry?
  /// In Ah.
  package var capacity: Double?
  /// In %.
  package var stateOfCharge: Double?
  /// In degC, instead of the profile's.
  package var temperature: Double?
  package var firmware = "2.6"
  package var settings: [BMSSetting: Double] = [:]
  package var faults: [Fault] = []

  package init() {}

  /// Whether ``profileName`` is a file's.
  package var hasProfileFile: Bool { profileName.contains("/") || profileName.contains(".") }

  /// The names of all parameters but settings.
  package static let parameters = [
    "cells", "chemistry", "capacity", "soc", "temperature", "profile", "speed", "seed", "for",
    "firmware", "fault",
  ]
}

extension SimulationSpecification {
  /// The profile with what the specification changes of it.
  ///
  /// - Parameters:
  ///   - base: The profile that ``profileName`` names.
  ///   - text: The specification as it was written, for messages.
  /// - Returns: The profile that is simulated.
  /// - Throws: If settings contradict each other.
  package func applied(to base: Profile, text: String) throws(SimulationError) -> Profile {
    var profile = base
    if let cellCount { profile.pack.cellCount = cellCount }
    if let chemistry { profile.pack.chemistry = chemistry }
    if let capacity { profile.pack.capacity = capacity }
    if let stateOfCharge { profile.pack.stateOfCharge = stateOfCharge }
    if let temperature {
      profile.ambient.mean = temperature
      profile.ambient.swing = 0
    }
    for (setting, value) in settings { profile.settings[setting] = value }
    if let contradiction = profile.bmsSettings.contradictions.first {
      let name = contradiction.setting.name
      throw SimulationError(
        text: text, column: Self.column(of: name, in: text), problem: contradiction.text)
    }
    return profile
  }

  /// Where a parameter stands in a specification, counted from 1; 0 if it does not.
  private static func column(of name: String, in text: String) -> Int {
    var column = 1
    for part in text.split(whereSeparator: { $0 == "?" || $0 == "&" }) {
      if part.uppercased().hasPrefix(name + "=") { return column }
      column += part.count + 1
    }
    return 0
  }
}
