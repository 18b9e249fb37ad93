package import BMSDialects
import BatteryModel
import DBC

/// What `busbar dialects check` says of a DBC file that can be used.
package struct DialectCheck {
  /// What its author should look at, one sentence each.
  package let findings: [String]
  private let dialect: Dialect

  package init(_ dialect: Dialect) {
    self.dialect = dialect
    let file = dialect.file
    var findings = file.faults.map { "\($0); left out" }
    findings += file.danglingReferences.map(\.description)
    findings += dialect.plan.omissions.map { "\(file.name): \($0)" }
    findings += Self.overlaps(dialect)
    findings += Self.units(dialect)
    findings += file.unusedStatements.sorted { $0.key < $1.key }.map {
      "\(file.name): \($0.value) \($0.key) statements are kept and not used"
    }
    self.findings = findings
  }

  /// The findings, and what the file holds.
  package var text: String {
    let signals = dialect.plan.signals.count
    let withQuantity = dialect.signals.filter { $0.quantityName != nil }.count
    let summary =
      "\(dialect.file.name): \(dialect.plan.messages.count) messages, \(signals) signals, "
      + "\(withQuantity) of them quantities of a battery"
    return (findings + [summary]).joined(separator: "\n") + "\n"
  }

  /// Signals of a message that share bits although nothing selects between them.
  private static func overlaps(_ dialect: Dialect) -> [String] {
    dialect.plan.messages.flatMap { message in
      message.signals.flatMap { first in
        message.signals.filter { second in
          let (one, other) = (dialect.plan.signals[first], dialect.plan.signals[second])
          return first < second && one.field.mask & other.field.mask != 0
            && one.conditions.isEmpty && other.conditions.isEmpty
        }.map { second in
          "\(dialect.file.name): signals '\(dialect.plan.signals[first].name)' and "
            + "'\(dialect.plan.signals[second].name)' of '\(message.name)' share bits"
        }
      }
    }
  }

  private static func units(_ dialect: Dialect) -> [String] {
    dialect.signals.enumerated().compactMap { slot, meaning in
      let signal = dialect.plan.signals[slot]
      guard let name = meaning.quantityName, let unit = meaning.quantityUnit,
        meaning.encoding == .number, signal.unit != unit
      else { return nil }
      return "\(dialect.file.name): signal '\(signal.name)' is in '\(signal.unit)', but "
        + "\(name) is in '\(unit)'; scale it and write that unit"
    }
  }
}
