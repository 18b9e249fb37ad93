public import BatteryModel
import DBC

/// A text that settles which dialect it is, such as `serial=1Q-*`.
public struct IdentityPattern: Hashable, Sendable {
  public let quantity: BatteryQuantity
  /// The text; a `*` stands for any text, also none.
  public let pattern: String

  public init(quantity: BatteryQuantity, pattern: String) {
    self.quantity = quantity
    self.pattern = pattern
  }

  /// Reads `serial=1Q-*`.
  init?(_ text: some StringProtocol) {
    let parts = String(text).split(separator: "=", maxSplits: 1).map { String($0) }
    guard parts.count == 2, let quantity = BatteryQuantity(rawValue: parts[0]) else { return nil }
    self.init(quantity: quantity, pattern: parts[1])
  }

  /// Reads patterns separated by `;`.
  static func list(_ text: String, _ file: DBCFile) throws(DialectError) -> [Self] {
    var patterns: [Self] = []
    for part in text.split(separator: ";") {
      guard let pattern = Self(part) else {
        throw .malformedIdentity(String(part), file: file.name)
      }
      patterns.append(pattern)
    }
    return patterns
  }

  /// Reads names of products, `serial=1Q-*:REC Q`, separated by `;`.
  static func products(
    _ text: String, _ file: DBCFile
  ) throws(DialectError) -> [(pattern: Self, name: String)] {
    var products: [(pattern: Self, name: String)] = []
    for part in text.split(separator: ";") {
      let halves = part.split(separator: ":", maxSplits: 1)
      guard halves.count == 2, let pattern = Self(halves[0]) else {
        throw .malformedIdentity(String(part), file: file.name)
      }
      products.append((pattern, String(halves[1])))
    }
    return products
  }

  /// Whether `text` fits the pattern; letters count in upper and lower case alike.
  public func matches(_ text: String) -> Bool {
    Self.matches(Array(text.lowercased().utf8)[...], Array(pattern.lowercased().utf8)[...])
  }

  private static func matches(_ text: ArraySlice<UInt8>, _ pattern: ArraySlice<UInt8>) -> Bool {
    guard let first = pattern.first else { return text.isEmpty }
    let rest = pattern.dropFirst()
    if first == UInt8(ascii: "*") {
      return (0...text.count).contains { matches(text.dropFirst($0), rest) }
    }
    return text.first == first && matches(text.dropFirst(), rest)
  }
}
