import Simulation
import Testing

@Suite("A pack behaves as cells do")
struct PackTests {
  private static func pack(
    _ chemistry: Chemistry = .lfp, charge: Double = 50, ambient: Double = 25, cells: Int = 8
  ) -> BatteryPack {
    var parameters = PackParameters()
    parameters.chemistry = chemistry
    parameters.stateOfCharge = charge
    parameters.cellCount = cells
    return BatteryPack(parameters, ambient: ambient, seed: 1)
  }

  private static func run(
    _ pack: inout BatteryPack, current: Double, seconds: Int, ambient: Double = 25,
    balanced: UInt32 = 0
  ) {
    for _ in 0..<seconds { pack.step(current: current, ambient: ambient, balanced: balanced) }
  }

  @Test("4 to 32 cells, of every chemistry, rest at their voltage", arguments: Chemistry.allCases)
  func rest(chemistry: Chemistry) {
    let expected: Double =
      switch chemistry {
      case .lfp: 3.276
      case .nmc: 3.71
      case .lto: 2.29
      }
    for count in [4, 8, 16, 32] {
      let voltage = Self.pack(chemistry, cells: count).voltage / Double(count)
      #expect(abs(voltage - expected) < 0.01)
    }
  }

  @Test("a current raises and lowers the voltage, at once and then slowly")
  func resistance() {
    var pack = Self.pack()
    let rest = pack.voltage
    Self.run(&pack, current: 100, seconds: 1)
    let ohmic = pack.voltage
    Self.run(&pack, current: 100, seconds: 120)
    #expect(ohmic > rest + 0.2)
    #expect(pack.voltage > ohmic + 0.1)
    Self.run(&pack, current: -100, seconds: 120)
    #expect(pack.voltage < rest - 0.2)
  }

  @Test("cold cells resist more")
  func cold() {
    #expect(Self.pack(ambient: -10).resistance > 2 * Self.pack(ambient: 25).resistance)
  }

  @Test("after charging a cell rests higher than after discharging, at the same charge")
  func hysteresis() {
    var charged = Self.pack(charge: 45)
    Self.run(&charged, current: 100, seconds: 360)
    Self.run(&charged, current: 0, seconds: 4 * 3600)
    var discharged = Self.pack(charge: 55)
    Self.run(&discharged, current: -100, seconds: 360)
    Self.run(&discharged, current: 0, seconds: 4 * 3600)
    #expect(abs(charged.stateOfCharge - discharged.stateOfCharge) < 0.2)
    #expect(charged.voltage - discharged.voltage > 8 * 0.008)
  }

  @Test("balancing takes charge from the cells that it is for, and from no other")
  func balancing() {
    var pack = Self.pack()
    var other = pack
    Self.run(&pack, current: 0, seconds: 3600, balanced: 0b10)
    Self.run(&other, current: 0, seconds: 3600)
    #expect(other.voltages[1] - pack.voltages[1] > 0)
    #expect(other.voltages[0] == pack.voltages[0])
    #expect(abs(other.stored.charge - pack.stored.charge - 3.276 / 3.9) < 0.02)
  }

  @Test("heat comes from current and goes to the surroundings")
  func heat() {
    var pack = Self.pack()
    Self.run(&pack, current: 200, seconds: 1200)
    let warm = pack.temperature(ofCell: 4)
    #expect(warm > 26)
    #expect(warm > pack.temperature(ofCell: 0))
    Self.run(&pack, current: 0, seconds: 8 * 3600)
    #expect(pack.temperature(ofCell: 4) < warm - 0.5 * (warm - 25))
  }

  @Test("a month alone costs about two per cent of LiFePO4's capacity, half a day a sixtieth")
  func selfDischarge() {
    var pack = Self.pack()
    Self.run(&pack, current: 0, seconds: 43_200)
    #expect((0.015...0.06).contains(50 - pack.stateOfCharge))
  }

  @Test("cycles wear it")
  func ageing() {
    var pack = Self.pack(charge: 10)
    for _ in 0..<4 {
      Self.run(&pack, current: 160, seconds: 3600)
      Self.run(&pack, current: -160, seconds: 3600)
    }
    #expect(pack.stateOfHealth < 99.99)
    #expect(pack.stateOfHealth > 99)
  }
}
