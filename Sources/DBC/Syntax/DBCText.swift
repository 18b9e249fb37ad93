/// The text of a DBC file as UTF-8, whatever it was written in.
///
/// The format names no encoding. Editors write UTF-8 or Windows code page 1252, and merged files
/// hold both; every byte that is no part of valid UTF-8 is read as the latter.
enum DBCText {
  static func utf8(_ bytes: [UInt8]) -> [UInt8] {
    if String(validating: bytes, as: UTF8.self) != nil { return bytes }
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count + bytes.count / 8)
    var parser = Unicode.UTF8.ForwardParser()
    var rest = bytes.makeIterator()
    var position = 0
    while true {
      switch parser.parseScalar(from: &rest) {
      case .valid(let scalar):
        text.append(contentsOf: scalar)
        position += scalar.count
      case .error(let length):
        for byte in bytes[position..<position + length] {
          text.append(contentsOf: String(windows1252(byte)).utf8)
        }
        position += length
      case .emptyInput: return text
      }
    }
  }

  private static func windows1252(_ byte: UInt8) -> Character {
    let isMoved = (0x80..<0xA0).contains(byte)
    return Character(isMoved ? moved[Int(byte) - 0x80] : Unicode.Scalar(byte))
  }

  /// Code page 1252 from 0x80 to 0x9F, where it differs from Latin 1.
  private static let moved = Array(
    """
    €\u{FFFD}‚ƒ„…†‡ˆ‰Š‹Œ\u{FFFD}Ž\u{FFFD}\u{FFFD}‘’“”•–—˜™š›œ\u{FFFD}žŸ
    """.unicodeScalars)
}
