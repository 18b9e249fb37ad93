import Simulation
import Testing

@Suite("Nothing comes from nothing")
struct BalanceTests {
  /// A pack in use, with everything that costs charge: cold, heat, balancing, a drifting cell.
  static func battery(_ chemistry: Chemistry, _ profileName: String) throws -> SimulatedBattery {
    var profile = try ProfileLibrary.profile(named: profileName)
    profile.pack.chemistry = chemistry
    return SimulatedBattery(
      profile, product: .recQ, faults: [Fault(.drift(cell: 3, current: 0.05), start: 3600)], seed: 7
    )
  }

  /// A month where the simulation is optimised (`swift test -c release`); without that it takes hours.
  #if DEBUG
  static let days = 0.25
  #else
  static let days = 30.0
  #endif

  @Test(
    "charge and energy balance over 30 days to 0.1 %",
    arguments: Chemistry.allCases, ["van-day", "shore-power"])
  func balance(chemistry: Chemistry, profileName: String) throws {
    var battery = try Self.battery(chemistry, profileName)
    let before = battery.pack.stored
    let first = battery.pack.ledger
    for _ in 0..<Int(Self.days * 86_400) { battery.secondPassed() }
    let after = battery.pack.stored
    let ledger = battery.pack.ledger
    let chargeIn = ledger.chargeIn - first.chargeIn
    let energyIn = ledger.energyIn - first.energyIn
    #expect(chargeIn > 0.1 * (Self.days - 1) * before.charge, "it was used: \(chargeIn) Ah")
    let chargeError =
      chargeIn - (ledger.chargeOut - first.chargeOut) - (ledger.lostCharge - first.lostCharge)
      - (ledger.fadedCharge - first.fadedCharge) - (after.charge - before.charge)
    let energyError =
      energyIn - (ledger.energyOut - first.energyOut) - (ledger.lostEnergy - first.lostEnergy)
      - (ledger.fadedEnergy - first.fadedEnergy) - (ledger.heat - first.heat)
      - (after.energy - before.energy)
    #expect(abs(chargeError) <= 0.001 * chargeIn + 1e-6, "charge is off by \(chargeError) Ah")
    #expect(
      abs(energyError) <= 0.001 * max(energyIn, ledger.energyOut),
      "energy is off by \(energyError) Wh")
  }

  @Test("the same seed gives the same battery, another one another")
  func determinism() throws {
    func voltages(_ seed: UInt64) throws -> [Double] {
      let profile = try ProfileLibrary.profile(named: "van-day")
      var battery = SimulatedBattery(profile, product: .recQ, seed: seed)
      for _ in 0..<3600 { battery.secondPassed() }
      return battery.pack.voltages
    }
    #expect(try voltages(1) == voltages(1))
    #expect(try voltages(1) != voltages(2))
  }
}
