/// The bit rates that the LAWICEL protocol has a command for, in bit/s.
///
/// The seventh is 800 kbit/s in LAWICEL's manual and 750 kbit/s in CANable's firmware.
package enum LawicelBitRate: Int, CaseIterable, Hashable, Sendable {
  case kilobits10 = 10_000
  case kilobits20 = 20_000
  case kilobits50 = 50_000
  case kilobits100 = 100_000
  case kilobits125 = 125_000
  case kilobits250 = 250_000
  case kilobits500 = 500_000
  case kilobits800 = 800_000
  case megabit = 1_000_000

  /// What a REC with Victron firmware has, and most of its family.
  package static let assumed = Self.kilobits250

  /// The digit of the command `S`.
  var digit: UInt8 {
    UInt8(ascii: "0") + UInt8(truncatingIfNeeded: Self.allCases.firstIndex(of: self) ?? 0)
  }
}
