public import BatteryModel

/// An exception for some products, from the attribute `BusbarRule`.
///
///     when serial=1Q-* quantity=capacity_remaining
///     when serial=1Q-* raw>250 add=1
public struct SignalRule: Hashable, Sendable {
  /// Which products the rule is for.
  public let product: IdentityPattern
  /// The rule is for raw values above this; `nil` for all.
  public let rawAbove: Int64?
  /// What the signal is on these products, instead of `BusbarQuantity`.
  public let quantity: BatteryQuantity?
  /// What has to be added to the raw value.
  public let addition: Int64

  /// Reads rules separated by `;`, or returns `nil` if one is malformed.
  static func list(_ text: String) -> [Self]? {
    let parts = text.split(separator: ";").filter { !$0.allSatisfy { $0 == " " } }
    let rules = parts.compactMap { Self(String($0)) }
    return rules.count == parts.count ? rules : nil
  }

  private init?(_ text: String) {
    let words = text.split(separator: " ")
    guard words.count >= 3, words[0] == "when", let product = IdentityPattern(words[1]) else {
      return nil
    }
    var rawAbove: Int64?
    var quantity: BatteryQuantity?
    var addition: Int64 = 0
    for word in words.dropFirst(2) {
      if word.hasPrefix("raw>"), let bound = Int64(word.dropFirst(4)) {
        rawAbove = bound
      } else if word.hasPrefix("add="), let number = Int64(word.dropFirst(4)) {
        addition = number
      } else if word.hasPrefix("quantity="),
        let known = BatteryQuantity(rawValue: String(word.dropFirst(9)))
      {
        quantity = known
      } else {
        return nil
      }
    }
    self.product = product
    self.rawAbove = rawAbove
    self.quantity = quantity
    self.addition = addition
  }
}
