public import CANFrames

/// What on a bus is not of the battery's family, by name.
public enum OtherTraffic: String, CaseIterable, Hashable, Sendable {
  case nmea2000 = "NMEA 2000"
  case rvC = "RV-C"
  case j1939 = "J1939"
  case diagnostics = "OBD diagnostics"
  case canOpen = "CANopen"

  /// What an identifier alone says it belongs to, or `nil`.
  ///
  /// A 29-bit identifier of this kind is priority, data page, PDU format, group extension and
  /// source; page 1 with format 0xF0 or higher belongs to NMEA 2000, but for RV-C's own groups.
  public init?(_ identifier: CANIdentifier) {
    let number = identifier.number
    guard identifier.format == .extended else {
      switch number {
      case 0x7DF, 0x7E0...0x7EF: self = .diagnostics
      case 0x701...0x77F, 0x181...0x1FF: self = .canOpen
      default: return nil
      }
      return
    }
    if DialectEvidence.isFamilyIdentifier(identifier) { return nil }
    let format = number >> 16 & 0xFF
    let group = number >> 8 & 0x3FFFF
    if number >> 24 & 1 == 0 {
      self = .j1939
    } else if (0x1FEA0...0x1FEFF).contains(group) || (0x1FF80...0x1FFFF).contains(group) {
      self = .rvC
    } else if format >= 0xE8 {
      self = .nmea2000
    } else {
      return nil
    }
  }
}

extension BusCensus {
  /// How many identifiers belong to each kind of other traffic, the most first.
  public var otherTraffic: [(kind: OtherTraffic, identifiers: Int)] {
    let kinds = entries.compactMap { OtherTraffic($0.identifier) }
    return OtherTraffic.allCases
      .map { kind in (kind: kind, identifiers: kinds.filter { $0 == kind }.count) }
      .filter { $0.identifiers > 0 }
      .sorted { $0.identifiers > $1.identifiers }
  }
}
