/// Makes texts fit for a screen.
enum ScreenText {
  /// A text from outside as it may stand on a terminal: no control characters, nothing that is
  /// wider or narrower than a column; what is else becomes `?`.
  ///
  /// - Parameters:
  ///   - text: From a frame, a log or a DBC file.
  ///   - hasUnicode: Whether the terminal shows more than ASCII.
  /// - Returns: A text of as many columns as characters.
  static func clean(_ text: String, hasUnicode: Bool) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x20..<0x7F: result.append(scalar)
      // Latin letters and signs, without the soft hyphen, which takes no column.
      case 0xA1..<0x180 where hasUnicode && scalar.value != 0xAD: result.append(scalar)
      default: result.append("?")
      }
    }
    return String(result)
  }

  /// The first columns of a text.
  static func cut(_ text: String, _ columns: Int) -> String {
    text.unicodeScalars.count <= columns
      ? text : String(String.UnicodeScalarView(text.unicodeScalars.prefix(max(0, columns))))
  }

  static func blanks(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }

  /// A length of time in few characters: `151 ms`, `2.72 s`, `45 s`, `12 min`, `3.5 h`, `4 d`.
  static func duration(_ nanoseconds: Int64) -> String {
    let milliseconds = max(0, nanoseconds / 1_000_000)
    let seconds = milliseconds / 1000
    switch seconds {
    case 0: return "\(milliseconds) ms"
    case 1..<10: return "\(number(Double(milliseconds) / 1000, 2)) s"
    case 10..<120: return "\(seconds) s"
    case 120..<7200: return "\(seconds / 60) min"
    case 7200..<172_800: return "\(number(Double(seconds) / 3600, 1)) h"
    default: return "\(seconds / 86_400) d"
    }
  }

  /// A number with so many decimals; one that is beyond 10^15 as Swift writes it.
  static func number(_ value: Double, _ decimals: Int) -> String {
    let power = [1.0, 10, 100, 1000, 10_000][min(4, max(0, decimals))]
    let scaled = (value * power).rounded()
    guard abs(scaled) < 1e15 else { return "\(value)" }
    let digits = String(Int64(abs(scaled)))
    let sign = scaled < 0 ? "-" : ""
    guard decimals > 0 else { return sign + digits }
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    return sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
  }
}
