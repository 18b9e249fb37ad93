extension Load {
  /// Reads an item of `loads`.
  init(_ node: ProfileNode) throws(ProfileError) {
    self.init()
    let known = ["name", "power", "current", "ignores_limits"] + Hours.names
    for (name, value) in try node.entries(known) {
      switch name {
      case "name": self.name = try value.text()
      case "power": power = try value.number(0...100_000, unit: "W")
      case "current": current = try value.number(0...2000, unit: "A")
      case "ignores_limits": ignoresLimits = try value.flag()
      default: try hours.read(name, value)
      }
    }
    guard (power > 0) != (current > 0) else {
      throw node.error("a load has either a power in W or a current in A")
    }
    try hours.check(node)
  }
}

extension Charger {
  /// Reads an item of `chargers`.
  init(_ node: ProfileNode) throws(ProfileError) {
    self.init()
    let known =
      ["name", "kind", "power", "current", "voltage", "to_voltage", "over", "clouds"]
      + ["ignores_limits"] + Hours.names
    for (name, value) in try node.entries(known) {
      switch name {
      case "name": self.name = try value.text()
      case "kind": kind = try value.choice(Kind.self)
      case "power": power = try value.number(0...100_000, unit: "W")
      case "current": current = try value.number(0...2000, unit: "A")
      case "voltage": voltage = try value.number(0...200, unit: "V")
      case "to_voltage": toVoltage = try value.number(0...200, unit: "V")
      case "over": over = try value.duration()
      case "clouds": clouds = try value.number(0...1, unit: "")
      case "ignores_limits": ignoresLimits = try value.flag()
      default: try hours.read(name, value)
      }
    }
    guard power > 0 || current > 0 else {
      throw node.error("a charger has a power in W or a current in A, or both")
    }
    if kind == .ramp, voltage <= 0 || toVoltage <= 0 || over <= 0 {
      throw node.error("a ramp has a voltage, a to_voltage in V and a time 'over' which it goes")
    }
    if ignoresLimits, voltage <= 0 {
      throw node.error("a charger that ignores the BMS's limits has a voltage in V of its own")
    }
    try hours.check(node)
  }
}

extension Hours {
  static let names = ["from", "to", "on", "every"]

  /// Reads one of ``names``.
  mutating func read(_ name: String, _ value: ProfileNode) throws(ProfileError) {
    switch name {
    case "from": from = try value.timeOfDay()
    case "to": to = try value.timeOfDay()
    case "on": on = try value.duration()
    default: every = try value.duration()
    }
  }

  func check(_ node: ProfileNode) throws(ProfileError) {
    guard (on > 0) == (every > 0), on <= every else {
      throw node.error("'on' and 'every' belong together, as in on: 10m, every: 30m")
    }
  }
}
