import Glibc

/// A pack, its BMS, and what is connected to them, in steps of one second.
package struct SimulatedBattery: Sendable {
  package let profile: Profile
  package private(set) var pack: BatteryPack
  package private(set) var controller: BMSController
  /// What the BMS says after the second that has passed last.
  package private(set) var report = BMSReport()
  /// At the terminals in the second that has passed last, in A.
  package private(set) var current = 0.0
  /// How many seconds have passed.
  package private(set) var seconds = 0

  private let product: SimulatedProduct
  private let faults: [Fault]
  private var weather: Weather
  private var noise: SplitMix64
  private var stuck: [Double?] = [nil, nil]
  private var looseOffset = 0.0

  /// - Parameters:
  ///   - profile: What it is made of and what happens to it.
  ///   - product: How its BMS behaves.
  ///   - faults: What goes wrong, besides the profile's own.
  ///   - seed: Decides everything that is left to chance.
  package init(_ profile: Profile, product: SimulatedProduct, faults: [Fault] = [], seed: UInt64) {
    self.profile = profile
    self.product = product
    self.faults = profile.faults + faults
    weather = Weather(seed: seed &+ 1)
    noise = SplitMix64(seed: seed &+ 2)
    pack = BatteryPack(profile.pack, ambient: Self.ambient(profile, 0), seed: seed)
    var start = BMSController.Start()
    start.stateOfCharge = pack.stateOfCharge
    controller = BMSController(
      profile.bmsSettings, cellCount: profile.pack.cellCount, behaviour: product.behaviour,
      start: start)
    secondPassed()
  }

  /// Lets a second pass.
  package mutating func secondPassed() {
    let time = Double(seconds)
    let timeOfDay = (profile.start + time).truncatingRemainder(dividingBy: 86_400)
    let ambient = Self.ambient(profile, time)
    applyPackFaults(time)
    current = batteryCurrent(timeOfDay, time)
    pack.step(current: current, ambient: ambient, balanced: controller.balanced)
    let measurement = measure(time)
    controller.secondPassed(measurement)
    report.update(
      controller, measurement, health: (pack.stateOfHealth * 10).rounded() / 10,
      energy: (pack.ledger.energyIn / 1000, pack.ledger.energyOut / 1000))
    seconds += 1
  }

  /// The BMS starts anew: with half of the charge if it forgot it, or with other software.
  mutating func restart(forgetting: Bool, firmware: String?) {
    var start = BMSController.Start()
    start.stateOfCharge = forgetting ? 50 : controller.stateOfCharge
    start.isContactorClosed = false
    var behaviour = product.behaviour
    if let firmware, product == .recQ {
      behaviour.tapersFromBMIN = firmware < "2.8"
    }
    controller = BMSController(
      controller.settings, cellCount: controller.cellCount, behaviour: behaviour, start: start)
  }

  private static func ambient(_ profile: Profile, _ time: Double) -> Double {
    let ambient = profile.ambient
    guard ambient.swing != 0 else { return ambient.mean }
    let phase = (profile.start + time - ambient.warmest) / 86_400 * 2 * Double.pi
    return ambient.mean + ambient.swing * cos(phase)
  }
}

extension SimulatedBattery {
  /// What flows into the battery, in A: what chargers give as far as they may, less what loads take.
  private mutating func batteryCurrent(_ timeOfDay: Double, _ time: Double) -> Double {
    guard controller.contactor.isClosed else { return 0 }
    let voltage = max(1, pack.voltage)
    var current = 0.0
    let mayDischarge = controller.limits.dischargeCurrent > 0
    for load in profile.loads where mayDischarge || load.ignoresLimits {
      guard load.hours.part(timeOfDay, elapsed: time) != nil else { continue }
      current -= load.current > 0 ? load.current : load.power / voltage
    }
    guard !profile.chargers.isEmpty else { return current }
    let (open, resistance) = (pack.openVoltage, max(1e-6, pack.resistance))
    for charger in profile.chargers {
      guard let part = charger.hours.part(timeOfDay, elapsed: time) else { continue }
      var offer = charger.current > 0 ? charger.current : .infinity
      var power = charger.power > 0 ? charger.power : .infinity
      if charger.kind == .solar {
        power = charger.power * sin(Double.pi * part) * weather.light(time, charger.clouds)
      }
      offer = min(offer, power / voltage)
      var limit = charger.voltage > 0 ? charger.voltage : .infinity
      if charger.kind == .ramp {
        let share = min(1, time / charger.over)
        limit = charger.voltage + (charger.toVoltage - charger.voltage) * share
      }
      if !charger.ignoresLimits { limit = min(limit, controller.limits.chargeVoltage) }
      var room = (limit - open) / resistance - current
      if !charger.ignoresLimits {
        let allowed = controller.isChargeEnabled ? controller.limits.chargeCurrent : 0
        room = min(room, allowed - current)
      }
      current += max(0, min(offer, room))
    }
    return current
  }

  /// What the BMS sees of it, with its noise and what is wrong with its sensors.
  private mutating func measure(_ time: Double) -> BMSMeasurement {
    var cells = pack.voltages
    for index in cells.indices {
      cells[index] = ((cells[index] + 2e-4 * (noise.unit() - 0.5)) * 1000).rounded() / 1000
    }
    let last = pack.parameters.cellCount - 1
    var temperatures: [Double?] = [
      pack.temperature(ofCell: last / 2), pack.temperature(ofCell: last),
    ]
    for fault in faults where fault.isActive(at: time) {
      switch fault.kind {
      case .looseWire(let cell) where cell <= cells.count:
        // Now and then the contact changes, and between two of them the voltage stays off.
        if noise.unit() < 0.2 { looseOffset = noise.unit() < 0.5 ? 0 : 0.25 * (noise.unit() - 0.6) }
        cells[cell - 1] = ((cells[cell - 1] + looseOffset) * 1000).rounded() / 1000
      case .stuckSensor(let sensor):
        if stuck[sensor - 1] == nil { stuck[sensor - 1] = temperatures[sensor - 1] }
        temperatures[sensor - 1] = stuck[sensor - 1]
      case .missingSensor(let sensor): temperatures[sensor - 1] = nil
      default: break
      }
    }
    return BMSMeasurement(
      cellVoltages: cells, packVoltage: pack.voltage, current: current, temperatures: temperatures,
      bmsTemperature: pack.bmsTemperature)
  }

  private mutating func applyPackFaults(_ time: Double) {
    for fault in faults {
      if case .drift(let cell, let leak) = fault.kind, cell <= pack.parameters.cellCount {
        pack.setLeak(fault.isActive(at: time) ? leak : 0, ofCell: cell - 1)
      }
    }
  }
}
