/// Reads answers of the domain name system, RFC 1035 section 4, whoever sent them.
///
/// A message is at most a datagram. Every length is checked, a name's compression can only point
/// backwards, and what is malformed ends the reading: what was read before it counts.
enum DNSMessage {
  private static let mostRecords = 256
  private static let longestName = 255

  private enum Malformed: Error { case malformed }

  /// The records of all sections of a response; empty for a question.
  static func records(in message: [UInt8]) -> [DNSRecord] {
    var cursor = Cursor(bytes: message)
    var records: [DNSRecord] = []
    try? read(&cursor, into: &records)
    return records
  }

  /// A question for the instances of services and for what is known of names.
  ///
  /// - Parameter questions: Names with the type of record that is asked for, such as 12 for PTR.
  /// - Returns: One datagram.
  static func query(_ questions: [(name: DNSName, type: UInt16)]) -> [UInt8] {
    // No flags, one section; class IN, with the bit that wishes for an answer to us alone.
    let header: [UInt8] = [0, 0, 0, 0, 0, UInt8(clamping: questions.count), 0, 0, 0, 0, 0, 0]
    return header
      + questions.prefix(255).flatMap { question in
        question.name.bytes + [
          UInt8(question.type >> 8), UInt8(truncatingIfNeeded: question.type), 0x80, 0x01,
        ]
      }
  }

  private static func read(
    _ cursor: inout Cursor, into records: inout [DNSRecord]
  ) throws(Malformed) {
    _ = try cursor.word()
    let flags = try cursor.word()
    guard flags & 0x8000 != 0 else { return }
    let questions = Int(try cursor.word())
    let count = Int(try cursor.word()) + Int(try cursor.word()) + Int(try cursor.word())
    for _ in 0..<min(questions, mostRecords) {
      _ = try cursor.name()
      try cursor.skip(4)
    }
    for _ in 0..<min(count, mostRecords) {
      if let record = try record(&cursor) { records.append(record) }
    }
  }

  private static func record(_ cursor: inout Cursor) throws(Malformed) -> DNSRecord? {
    let name = try cursor.name()
    let type = try cursor.word()
    try cursor.skip(6)  // class and time to live
    let length = Int(try cursor.word())
    let end = cursor.position + length
    guard end <= cursor.bytes.count else { throw .malformed }
    defer { cursor.position = end }
    switch type {
    case 12: return DNSRecord(name: name, content: .instance(try cursor.name()))
    case 33:
      try cursor.skip(4)  // priority and weight
      let port = Int(try cursor.word())
      return DNSRecord(name: name, content: .place(host: try cursor.name(), port: port))
    case 1 where length == 4:
      let parts = cursor.bytes[cursor.position..<end].map(String.init)
      return DNSRecord(name: name, content: .address(parts.joined(separator: ".")))
    case 28 where length == 16:
      let bytes = Array(cursor.bytes[cursor.position..<end])
      let groups = stride(from: 0, to: 16, by: 2).map {
        String(UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]), radix: 16)
      }
      return DNSRecord(name: name, content: .address(groups.joined(separator: ":")))
    default: return nil
    }
  }

  private struct Cursor {
    let bytes: [UInt8]
    var position = 0

    mutating func skip(_ count: Int) throws(Malformed) {
      position += count
      guard position <= bytes.count else { throw .malformed }
    }

    mutating func word() throws(Malformed) -> UInt16 {
      try skip(2)
      return UInt16(bytes[position - 2]) << 8 | UInt16(bytes[position - 1])
    }

    mutating func name() throws(Malformed) -> DNSName {
      var labels: [String] = []
      var length = 0
      var place = position
      // Where the name began, or its last pointer led: only what lies before may be pointed to.
      var limit = position
      var afterPointer: Int?
      while true {
        guard place < bytes.count else { throw .malformed }
        let first = Int(bytes[place])
        switch first {
        case 0:
          position = afterPointer ?? place + 1
          return DNSName(labels: labels[...])
        case 1...63:
          let end = place + 1 + first
          length += first + 1
          guard end <= bytes.count, length < longestName else { throw .malformed }
          labels.append(String(decoding: bytes[place + 1..<end], as: UTF8.self))
          place = end
        case 0xC0...:
          guard place + 1 < bytes.count else { throw .malformed }
          let target = (first & 0x3F) << 8 | Int(bytes[place + 1])
          guard target < limit else { throw .malformed }
          afterPointer = afterPointer ?? place + 2
          limit = target
          place = target
        default: throw .malformed
        }
      }
    }
  }
}
