import BatteryModel
import DBC

/// One entry of a message's output: the signals that can provide it, best first.
struct FieldPlan: Sendable {
  var key: String
  var quantity: BatteryQuantity?
  var part: Int
  /// Slots of the plan, the finest scale first.
  var slots: [Int]

  /// The entries of a message, in the order of their first signals.
  ///
  /// - Parameters:
  ///   - message: The message.
  ///   - dialect: The dialect that it is of.
  ///   - product: Says whether the product on the bus fits a pattern.
  /// - Returns: One entry for each key.
  static func fields(
    of message: MessagePlan, in dialect: Dialect, product: (IdentityPattern) -> Bool
  ) -> [FieldPlan] {
    var fields: [FieldPlan] = []
    for slot in message.signals {
      let meaning = dialect.signals[slot]
      let exception = meaning.rules.first { $0.quantity != nil && product($0.product) }
      let quantity = exception?.quantity ?? meaning.quantity
      let name = quantity?.rawValue ?? dialect.plan.signals[slot].name
      let key = meaning.part > 1 ? "\(name)_part_\(meaning.part)" : name
      if let index = fields.firstIndex(where: { $0.key == key }) {
        fields[index].slots.append(slot)
        fields[index].slots.sort {
          dialect.plan.signals[$0].decimals > dialect.plan.signals[$1].decimals
        }
      } else {
        fields.append(FieldPlan(key: key, quantity: quantity, part: meaning.part, slots: [slot]))
      }
    }
    return fields
  }
}
