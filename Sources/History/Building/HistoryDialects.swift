package import BMSDialects
import BatteryModel
import DBC

/// Which dialects a recording is seen through: one that the user names, or those of the atlas.
package enum HistoryDialects: Sendable {
  /// What each bus is found to speak, and follows if it changes.
  case automatic
  case fixed(Dialect)

  var isAutomatic: Bool { if case .automatic = self { true } else { false } }

  /// A dialect that was found earlier.
  func dialect(named name: String?) -> Dialect? {
    switch self {
    case .fixed(let dialect): dialect
    case .automatic: name.flatMap { DialectAtlas.dialect(named: $0) }
    }
  }

  /// What a bus speaks, or `nil` if no dialect fits.
  func dialect(for census: BusCensus) -> Dialect? {
    switch self {
    case .fixed(let dialect): dialect
    case .automatic: BusVerdict(census).best?.dialect
    }
  }

  /// A number that changes when a file of a dialect does, and with the way of reading it.
  package var fingerprint: UInt64 {
    guard case .fixed(let dialect) = self else { return Self.ofAtlas }
    return Self.fingerprint { hash in
      hash.add(Array(dialect.name.utf8))
      for signal in dialect.plan.signals {
        hash.add(Array("\(signal.name) \(signal.unit) \(signal.field) \(signal.format)".utf8))
        hash.add(Array("\(signal.value(in: 0)) \(signal.value(in: .max))".utf8))
      }
      for meaning in dialect.signals {
        hash.add(Array("\(meaning.quantity?.rawValue ?? "-") \(meaning.notAvailable)".utf8))
      }
    }
  }

  /// Half a megabyte of files is hashed once.
  private static let ofAtlas = fingerprint { hash in
    for name in DialectAtlas.names { hash.add(DialectAtlas.contents(of: name)) }
  }

  private static func fingerprint(_ add: (inout Fingerprint) -> Void) -> UInt64 {
    var hash = Fingerprint()
    hash.add(HistoryBuilder.version)
    add(&hash)
    return hash.value
  }
}

/// FNV-1a, in 64 bits: small, stable, and enough to tell two versions of a file apart.
private struct Fingerprint {
  private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  mutating func add(_ bytes: [UInt8]) {
    for byte in bytes { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }
  }
}
