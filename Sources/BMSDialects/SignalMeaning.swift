public import BatteryModel
import DBC

/// What a signal means for a battery, from its Busbar attributes.
public struct SignalMeaning: Sendable {
  /// How the bits are to be shown.
  public enum Encoding: String, Hashable, Sendable {
    case number
    /// ASCII in payload order, padded with NUL or blanks.
    case text
    /// Two bytes `major.minor`, the major one is the high byte.
    case version
    /// Upper-case hex with `0x`.
    case hex
  }

  /// How well it is known that this is what the signal means.
  public enum Confidence: String, CaseIterable, Hashable, Sendable {
    /// A maker's document says so.
    case documented
    /// Seen in a recording, with a value that fits.
    case captured
    /// Concluded from other facts.
    case inferred
    /// Sources contradict each other.
    case disputed
  }

  public let quantity: BatteryQuantity?
  /// The single cell that it is of; then it is no ``quantity`` of the whole battery.
  public let cell: CellMeaning?
  public let encoding: Encoding
  /// 1 or 2 for the parts of a text that is split over two messages, otherwise 0.
  public let part: Int
  /// Raw values that say "not available".
  public let notAvailable: [ClosedRange<Int64>]
  /// The slot of a signal beside which a raw 0 means "not provided", unless that is 0 too.
  public let absentBeside: Int?
  /// Exceptions for single products.
  public let rules: [SignalRule]
  public let confidence: Confidence
  /// Short names of the sources.
  public let source: String

  /// Every quantity that the signal can be, on one product or another.
  public var possibleQuantities: Set<BatteryQuantity> {
    Set(([quantity] + rules.map(\.quantity)).compactMap { $0 })
  }

  init(
    _ signal: DBCSignal, field: BitField, of file: DBCFile, slot: (String) -> Int?
  ) throws(DialectError) {
    func text(_ attribute: String) -> String { file.attribute(attribute, of: signal)?.text ?? "" }
    func malformed(_ attribute: String, _ expected: String) -> DialectError {
      .malformed(
        attribute: attribute, value: text(attribute), expected: expected, signal: signal.name,
        at: signal.location)
    }
    let name = text("BusbarQuantity")
    quantity = BatteryQuantity(rawValue: name)
    let ofCell = CellQuantity(name: name)
    guard name.isEmpty || quantity != nil || ofCell != nil else {
      let names = BatteryQuantity.allCases.map(\.rawValue) + CellQuantity.allCases.map(\.name)
      throw .unknownQuantity(
        name, suggestion: Spelling.nearest(to: name, among: names),
        signal: signal.name, at: signal.location)
    }
    guard let encoding = Encoding(rawValue: text("BusbarEncoding").or("number")) else {
      throw malformed("BusbarEncoding", "number, text, version or hex")
    }
    guard let confidence = Confidence(rawValue: text("BusbarConfidence").or("documented")) else {
      throw malformed("BusbarConfidence", "documented, captured, inferred or disputed")
    }
    do throws(CellMeaning.Fault) {
      let place = text("BusbarCell")
      guard (ofCell == nil) == place.isEmpty else { throw .malformed }
      cell = if let ofCell { try CellMeaning(ofCell, of: place, slot: slot) } else { nil }
    } catch {
      switch error {
      case .unknownSignal(let name):
        throw .unknownSignal(
          name, attribute: "BusbarCell", signal: signal.name, at: signal.location)
      case .malformed:
        throw malformed(
          "BusbarCell",
          "a cell's number or a signal such as 7, CellNumber or Module*4+1, "
            + "beside the quantity cell_voltage or cell_temperature")
      }
    }
    self.encoding = encoding
    self.confidence = confidence
    part = file.attribute("BusbarPart", of: signal)?.integer.map { Int($0) } ?? 0
    source = text("BusbarSource")
    guard let codes = RawCodes.ranges(text("BusbarNotAvailable"), field: field) else {
      throw malformed("BusbarNotAvailable", "raw values such as 0xFFFF, 65535 or -32768..-601")
    }
    notAvailable = codes
    let neighbour = text("BusbarAbsentBeside")
    absentBeside = neighbour.isEmpty ? nil : slot(neighbour)
    guard neighbour.isEmpty || absentBeside != nil else {
      throw .unknownSignal(
        neighbour, attribute: "BusbarAbsentBeside", signal: signal.name, at: signal.location)
    }
    guard let rules = SignalRule.list(text("BusbarRule")) else {
      throw malformed("BusbarRule", "rules such as 'when serial=1Q-* raw>250 add=1'")
    }
    self.rules = rules
  }
}

extension String {
  /// The text, or `fallback` if it is empty.
  fileprivate func or(_ fallback: String) -> String { isEmpty ? fallback : self }
}
