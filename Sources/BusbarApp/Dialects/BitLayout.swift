package import BMSDialects
import BatteryModel
import CANFrames
import DBC

/// A dialect's messages with their bits drawn.
///
///     0x356 Measurements, 8 bytes, from the battery, every 2718 ms
///       bit    7 6 5 4 3 2 1 0
///       byte 0 a a a a a a a a
///       byte 1 a a a a a a a a
///       byte 2 b b b b b b b b
///       a  Voltage  0.01 V  voltage
package enum BitLayout {
  /// Every message of a dialect.
  ///
  /// - Parameters:
  ///   - dialect: What to show.
  ///   - drawsBits: Whether to draw the bits, and not only list the signals.
  /// - Returns: Text for people.
  package static func text(_ dialect: Dialect, drawsBits: Bool) -> String {
    var text = "\(dialect.title) (\(dialect.name))\n"
    if let comment = dialect.file.comment { text += comment + "\n" }
    for index in dialect.plan.messages.indices {
      text += "\n" + message(index, of: dialect, drawsBits: drawsBits)
    }
    return text
  }

  private static func message(_ index: Int, of dialect: Dialect, drawsBits: Bool) -> String {
    let plan = dialect.plan.messages[index]
    let meaning = dialect.messages[index]
    var text = "0x\(plan.identifier) \(plan.name), \(plan.length) bytes, from the "
    text += meaning.direction.rawValue
    text += meaning.period > 0 ? ", every \(meaning.period) ms\n" : "\n"
    let letters = Dictionary(
      uniqueKeysWithValues: zip(
        plan.signals, plan.signals.indices.map { letter($0 - plan.signals.lowerBound) }))
    if drawsBits, !plan.signals.isEmpty { text += drawing(plan, dialect, letters) }
    for slot in plan.signals {
      let letter = drawsBits ? "\(letters[slot] ?? " ")  " : ""
      text += "  \(letter)\(signal(slot, of: dialect))\n"
    }
    return text
  }

  private static func drawing(
    _ plan: MessagePlan, _ dialect: Dialect, _ letters: [Int: Character]
  ) -> String {
    var text = "  bit    7 6 5 4 3 2 1 0\n"
    for byte in 0..<min(8, plan.length) {
      text += "  byte \(byte)"
      for bit in (0..<8).reversed() {
        let mask: UInt64 = 1 << UInt64(8 * byte + bit)
        let owners = plan.signals.filter { dialect.plan.signals[$0].field.mask & mask != 0 }
        // Multiplexed signals share bits.
        let owner = owners.count > 1 ? "*" : owners.first.flatMap { letters[$0] } ?? "."
        text += " \(owner)"
      }
      text += "\n"
    }
    return text
  }

  private static func signal(_ slot: Int, of dialect: Dialect) -> String {
    let plan = dialect.plan.signals[slot]
    let meaning = dialect.signals[slot]
    var parts = [ColumnText.left(plan.name, 34)]
    let scale = meaning.encoding == .number ? plan.scaleText : meaning.encoding.rawValue
    parts.append(ColumnText.left(scale, 16))
    parts.append(ColumnText.left(meaning.quantityName ?? "-", 30))
    parts.append(meaning.confidence.rawValue)
    return parts.joined() + (meaning.source.isEmpty ? "" : " (\(meaning.source))")
  }

  /// a to z, then A to Z, then digits; no message has more signals.
  private static func letter(_ number: Int) -> Character {
    let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
    return number < letters.count ? letters[number] : "?"
  }
}

extension BitField {
  /// The payload bits that belong to the field.
  var mask: UInt64 { inserting(.max, into: 0) }
}

extension SignalPlan {
  /// One raw step and the unit, such as `0.1 V`; an offset follows if there is one.
  fileprivate var scaleText: String {
    let zero = value(in: 0)
    let step = value(in: field.inserting(1, into: 0)) - zero
    let rounded = (step * 1e9).rounded() / 1e9
    return "\(rounded) \(unit)" + (zero == 0 ? "" : ", offset \(zero)")
  }
}
