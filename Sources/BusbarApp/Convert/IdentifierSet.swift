package import CANFrames

/// Identifiers as a command line names them: `351,355,18FF50E5`, `351-35F`.
///
/// In hex, as candump prints them: eight digits are 29 bits, fewer are 11.
package struct IdentifierSet: Hashable, Sendable {
  private var ranges: [ClosedRange<UInt32>] = []
  private var extendedRanges: [ClosedRange<UInt32>] = []

  /// Reads a list; `nil` if part of it is no identifier, or a range runs backwards.
  package init?(_ text: String) {
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let ends = part.split(separator: "-", omittingEmptySubsequences: false).map(Self.identifier)
      guard ends.count <= 2, let first = ends.first ?? nil, let last = ends.last ?? nil,
        first.format == last.format, first.number <= last.number
      else { return nil }
      if first.format == .standard {
        ranges.append(first.number...last.number)
      } else {
        extendedRanges.append(first.number...last.number)
      }
    }
  }

  package func contains(_ identifier: CANIdentifier) -> Bool {
    (identifier.format == .standard ? ranges : extendedRanges).contains {
      $0.contains(identifier.number)
    }
  }

  private static func identifier(_ text: Substring) -> CANIdentifier? {
    let blank = text.drop { $0 == " " }
    let digits = blank.hasPrefix("0x") ? blank.dropFirst(2) : blank
    guard digits.first?.isHexDigit == true, let number = UInt32(digits, radix: 16) else {
      return nil
    }
    let format: CANIdentifier.Format = digits.utf8.count == 8 ? .extended : .standard
    return CANIdentifier(exactly: number, format: format)
  }
}
