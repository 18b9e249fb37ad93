/// The number base of an ASC file, which holds for identifiers and data alike.
enum ASCNumbers: Sendable {
  case hexadecimal
  case decimal

  /// The identifier that `word` is, 29 bits with an `x` behind it; `nil` if it is none.
  func identifier(_ line: Span<UInt8>, _ word: Range<Int>) -> CANIdentifier? {
    guard let last = word.last else { return nil }
    let isExtended = line[last] | 0x20 == UInt8(ascii: "x")
    guard let number = number(line, isExtended ? word.dropLast() : word) else { return nil }
    return CANIdentifier(exactly: number, format: isExtended ? .extended : .standard)
  }

  /// The data byte that `word` is; `nil` if it is none, as is a hex byte that is cut to one digit.
  func byte(_ line: Span<UInt8>, _ word: Range<Int>) -> UInt8? {
    guard self == .decimal || word.count == 2, let number = number(line, word) else { return nil }
    return UInt8(exactly: number)
  }

  /// Why a word is no data byte.
  var dataRejection: LineRejection.Reason { self == .decimal ? .decimalData : .data }

  private func number(_ line: Span<UInt8>, _ word: Range<Int>) -> UInt32? {
    switch self {
    case .hexadecimal: LineScanner.hexNumber(line, word)
    case .decimal: LineScanner.decimalNumber(line, word).flatMap(UInt32.init(exactly:))
    }
  }
}
