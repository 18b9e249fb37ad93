/// Writes times in seconds with decimals; nearly all share their second with the one before.
///
/// A second and what stands around it is worked out once, as two words that are stored.
struct SecondsText: Sendable {
  private let opening: [UInt8]
  private let width: Int
  private let padding: UInt8

  private var start = Int64.max
  private var words: (UInt64, UInt64) = (0, 0)
  private var counts: (Int, Int) = (0, 0)

  /// Creates a writer.
  ///
  /// - Parameters:
  ///   - opening: What stands before the seconds, at most five characters.
  ///   - width: The fewest digits of the seconds, at most ten.
  ///   - padding: What fills them up.
  init(opening: String = "", width: Int = 1, padding: Unicode.Scalar = " ") {
    self.opening = Array(opening.utf8)
    self.width = width
    self.padding = UInt8(ascii: padding)
  }

  /// Appends seconds and a point.
  ///
  /// - Parameters:
  ///   - nanoseconds: The time, not negative.
  ///   - text: Where the seconds go.
  /// - Returns: What is left of the time: less than a second, in nanoseconds.
  @inline(__always)
  mutating func put(_ nanoseconds: Int64, to text: inout TextCursor) -> UInt64 {
    var rest = UInt64(bitPattern: nanoseconds &- start)
    if rest >= 1_000_000_000 { rest = begin(nanoseconds) }
    text.put(words.0, count: counts.0)
    text.put(words.1, count: counts.1)
    return rest
  }

  /// Appends seconds, a point and six decimals, or nine where they say more.
  ///
  /// - Parameters:
  ///   - nanoseconds: The time, not negative.
  ///   - text: Where it goes.
  mutating func putWithDecimals(_ nanoseconds: Int64, to text: inout TextCursor) {
    let rest = put(nanoseconds, to: &text)
    if rest % 1000 == 0 {
      text.putSixDigits(rest / 1000)
    } else {
      text.putDecimal(rest, width: 9)
    }
  }

  private mutating func begin(_ nanoseconds: Int64) -> UInt64 {
    let seconds = nanoseconds / 1_000_000_000
    start = seconds * 1_000_000_000
    let digits = Array(String(seconds).utf8)
    let filling = [UInt8](repeating: padding, count: max(0, width - digits.count))
    let characters = opening + filling + digits + [UInt8(ascii: ".")]
    words = (Self.word(characters.prefix(8)), Self.word(characters.dropFirst(8)))
    counts = (min(8, characters.count), max(0, characters.count - 8))
    return UInt64(nanoseconds - start)
  }

  private static func word(_ characters: ArraySlice<UInt8>) -> UInt64 {
    characters.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}
