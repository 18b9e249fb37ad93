import DBC

/// Raw values as the attribute `BusbarNotAvailable` writes them.
///
///     0xFFFF            hex digits are the bits as they stand
///     65535 -1500       decimals are the value, with its sign
///     -32768..-601      a range, both ends included
enum RawCodes {
  /// Reads codes separated by blanks; `nil` if one of them is none.
  static func ranges(_ text: String, field: BitField) -> [ClosedRange<Int64>]? {
    var ranges: [ClosedRange<Int64>] = []
    for word in text.split(separator: " ") {
      let ends = word.split(separator: ".", omittingEmptySubsequences: true)
      let values = ends.compactMap { code($0, field: field) }
      guard values.count == ends.count, (1...2).contains(values.count) else { return nil }
      let (lower, upper) = (values[0], values[values.count - 1])
      guard lower <= upper else { return nil }
      ranges.append(lower...upper)
    }
    return ranges
  }

  private static func code(_ word: Substring, field: BitField) -> Int64? {
    guard word.hasPrefix("0x") else { return Int64(word) }
    guard let bits = UInt64(word.dropFirst(2), radix: 16) else { return nil }
    let payload = field.inserting(bits, into: 0)
    return field.bits(in: payload) == bits ? field.integer(in: payload) : nil
  }
}
