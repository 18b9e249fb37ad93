/// How a piece of text looks.
package struct ScreenStyle: Hashable, Sendable {
  /// The colours that every terminal with colours has.
  package enum Colour: UInt8, Hashable, Sendable {
    case red = 31
    case green = 32
    case yellow = 33
    case magenta = 35
    case cyan = 36
  }

  package var isBold = false
  package var isDim = false
  package var isReversed = false
  package var colour: Colour?

  package static let plain = Self()
  package static let bold = Self(isBold: true)
  package static let dim = Self(isDim: true)
  package static let reversed = Self(isReversed: true)
  package static let alarm = Self(isBold: true, colour: .red)
  package static let warning = Self(isBold: true, colour: .yellow)
  package static let doubtful = Self(colour: .magenta)
  package static let changed = Self(isReversed: true, colour: .yellow)

  /// The escape sequence that begins the style, whatever was before it.
  ///
  /// - Parameter hasColour: Whether colours may be used; bold, dim and reversed text always is.
  /// - Returns: Bytes that every terminal with ANSI sequences understands.
  func sequence(hasColour: Bool) -> String {
    var codes = ["0"]
    if isBold { codes.append("1") }
    if isDim { codes.append("2") }
    if isReversed { codes.append("7") }
    if let colour, hasColour { codes.append(String(colour.rawValue)) }
    return "\u{1B}[" + codes.joined(separator: ";") + "m"
  }
}
