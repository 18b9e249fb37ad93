import CANFrames

/// What an element from a socketcand server means.
///
///     frame 351 1735270496.916858 1F01BC02E803E700     data in one word or in several
///     error 004 1735270496.916858                      the class of an error frame
///     fdframe 351 01 1735270496.916858 00…             CAN FD
enum SocketcandElement: Hashable, Sendable {
  case greeting
  case ok
  case echo
  /// A frame whose timestamp is the server's, in nanoseconds.
  case frame(CANFrame)
  case flexibleDataRate
  /// The server's words for what is wrong.
  case refusal(String)
  case other

  init(_ words: [Substring]) {
    self = .other
    switch words.first {
    case "hi" where words.count == 1: self = .greeting
    case "ok" where words.count == 1: self = .ok
    case "echo" where words.count == 1: self = .echo
    case "fdframe": self = .flexibleDataRate
    case "frame": if let frame = Self.dataFrame(words) { self = .frame(frame) }
    case "error":
      if let frame = Self.errorFrame(words) {
        self = .frame(frame)
      } else {
        let text = words.dropFirst().joined(separator: " ")
        self = .refusal(RejectionCounter.excerpt(text.utf8))
      }
    default: break
    }
  }

  private static func dataFrame(_ words: [Substring]) -> CANFrame? {
    guard words.count >= 3, words[1].utf8.count == 3 || words[1].utf8.count == 8,
      let number = LawicelLine.number(Array(words[1].utf8)[...]),
      let identifier = CANIdentifier(
        exactly: number, format: words[1].utf8.count == 3 ? .standard : .extended),
      let time = time(words[2])
    else { return nil }
    var payload: UInt64 = 0
    let digits = words[3...].flatMap(\.utf8)
    guard digits.count <= 16, digits.count.isMultiple(of: 2) else { return nil }
    for index in 0..<(digits.count / 2) {
      guard let byte = LawicelLine.number(digits[(2 * index)..<(2 * index + 2)]) else { return nil }
      payload |= UInt64(byte) << (8 * UInt64(index))
    }
    return CANFrame(
      timestamp: time, identifier: identifier, payload: payload, length: UInt8(digits.count / 2))
  }

  private static func errorFrame(_ words: [Substring]) -> CANFrame? {
    guard words.count == 3, words[1].utf8.count <= 8,
      let classes = LawicelLine.number(Array(words[1].utf8)[...]),
      let identifier = CANIdentifier(exactly: classes, format: .extended),
      let time = time(words[2])
    else { return nil }
    return CANFrame(timestamp: time, identifier: identifier, kind: .error, payload: 0, length: 8)
  }

  /// Seconds and six digits of microseconds.
  private static func time(_ word: Substring) -> Int64? {
    let parts = word.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, let seconds = Int64(parts[0]),
      (0..<CANFrame.times.upperBound / 1_000_000_000).contains(seconds),
      parts[1].utf8.count == 6, let microseconds = UInt32(parts[1])
    else { return nil }
    return seconds * 1_000_000_000 + Int64(microseconds) * 1000
  }
}
