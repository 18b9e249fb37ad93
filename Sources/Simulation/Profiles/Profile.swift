/// What happens to a battery: its pack, its loads and chargers by the time of day, and its faults.
package struct Profile: Sendable {
  /// One sentence for people.
  package var description = ""
  /// The time of day at which the simulation begins, in s after midnight.
  package var start = 7 * 3600.0
  package var pack = PackParameters()
  /// Changes to the settings that the chemistry begins with.
  package var settings: [BMSSetting: Double] = [:]
  package var ambient = Ambient()
  package var loads: [Load] = []
  package var chargers: [Charger] = []
  package var faults: [Fault] = []

  package init() {}

  /// The settings of the BMS, with the pack's capacity unless one is set.
  package var bmsSettings: BMSSettings {
    var result = BMSSettings(for: pack.chemistry)
    result[.capa] = pack.capacity.rounded()
    for (setting, value) in settings { result[setting] = value }
    return result
  }
}

/// The temperature around the battery: a wave with one warmest hour a day.
package struct Ambient: Hashable, Sendable {
  /// In degC.
  package var mean = 20.0
  /// How far it goes above and below the mean, in K.
  package var swing = 0.0
  /// In s after midnight.
  package var warmest = 15 * 3600.0

  package init() {}
}

/// When something is on: between two times of day, and then for a part of each period.
package struct Hours: Hashable, Sendable {
  /// In s after midnight; `from` after `to` spans midnight.
  package var from = 0.0
  package var to = 86_400.0
  /// For so many seconds in each period of ``every`` seconds; 0 for all the time.
  package var on = 0.0
  package var every = 0.0

  package init() {}

  /// How much of the span has passed, 0 to 1, or `nil` if it is off.
  ///
  /// - Parameters:
  ///   - timeOfDay: In s after midnight.
  ///   - elapsed: From the beginning, in s: what periods are counted on.
  /// - Returns: 0 at the beginning of the span, 1 at its end.
  func part(_ timeOfDay: Double, elapsed: Double) -> Double? {
    let length = to > from ? to - from : to - from + 86_400
    var since = timeOfDay - from
    if since < 0 { since += 86_400 }
    guard since < length else { return nil }
    if every > 0, elapsed.truncatingRemainder(dividingBy: every) >= on { return nil }
    return since / length
  }
}

/// Something that takes power.
package struct Load: Hashable, Sendable {
  package var name = ""
  /// In W; a load is given by power or by current.
  package var power = 0.0
  /// In A.
  package var current = 0.0
  package var hours = Hours()
  /// Whether it goes on when the BMS no longer allows discharging.
  package var ignoresLimits = false

  package init() {}
}

/// Something that charges.
package struct Charger: Hashable, Sendable {
  package enum Kind: String, CaseIterable, Hashable, Sendable {
    /// Always as much as it can: shore power, an alternator.
    case constant
    /// A half wave from `from` to `to`, with clouds.
    case solar
    /// A supply whose voltage rises or falls evenly, whatever the BMS says.
    case ramp
  }

  package var name = ""
  package var kind = Kind.constant
  /// The most it gives, in W; 0 for no such limit.
  package var power = 0.0
  /// The most it gives, in A; 0 for no such limit.
  package var current = 0.0
  /// Its own limit of the voltage, in V; 0 for none.
  package var voltage = 0.0
  /// A ramp's last voltage in V, and how long it takes from its first one, in s.
  package var toVoltage = 0.0
  package var over = 0.0
  /// How much of the sun clouds take on average, 0 to 1.
  package var clouds = 0.0
  package var hours = Hours()
  /// Whether it goes on whatever the BMS allows.
  package var ignoresLimits = false

  package init() {}
}
