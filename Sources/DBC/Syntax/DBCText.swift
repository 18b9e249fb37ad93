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
    let scalar = isMoved ? windows1252[Int(byte) - 0x80] : UInt32(byte)
    return Character(Unicode.Scalar(scalar) ?? "\u{FFFD}")
  }

  /// Code page 1252 from 0x80 to 0x9F, where it differs from Latin 1.
  private static let windows1252: [UInt32] = [
    0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD,
    0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178,
  ]
}
