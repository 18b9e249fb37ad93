/// What is wrong with a source that begins with a scheme.
package enum SourceSyntaxFault: Error, Hashable, Sendable {
  case noDevice
  case noHost
  case noPort
  case badPort(String)
  case noBus
  case badBus(String)
  /// Something after the address that no such source has.
  case tooMuch(String)
  case unknownKey(String, known: [String])
  case keyTwice(String)
  case noValue(String)
  /// A value that is none of those that there are.
  case badValue(key: String, value: String, expected: [String])
}

extension SourceSyntaxFault: CustomStringConvertible {
  /// What is wrong, and what to write instead.
  package var description: String {
    switch self {
    case .noDevice: "a device is expected, such as slcan:/dev/ttyACM0"
    case .noHost: "a host is expected, such as socketcand://pi.local:29536/can0"
    case .noPort: "a port is expected, such as cannelloni://:20000"
    case .badPort(let text): "'\(text)' is not a port; expected 1 to 65535"
    case .noBus: "a bus is expected after the host, such as /can0"
    case .badBus(let text): "'\(text)' is not the name of a bus; expected one such as can0"
    case .tooMuch(let text): "'\(text)' is too much; nothing is expected there"
    case .unknownKey(let key, let known):
      known.isEmpty
        ? "no setting '\(key)' is known here"
        : "no setting '\(key)' is known; did you mean '\(Self.nearest(to: key, known))='?"
    case .keyTwice(let key): "'\(key)=' is given twice"
    case .noValue(let key): "'\(key)' has no value; expected \(key)=..."
    case .badValue(let key, let value, let expected):
      "\(key)=\(value) is not possible; expected \(expected.joined(separator: ", "))"
    }
  }

  /// The word that takes the fewest letters to be made of `word`.
  static func nearest(to word: String, _ known: [String]) -> String {
    known.min { distance(word, $0) < distance(word, $1) } ?? ""
  }

  /// How many letters have to be put in, left out or changed.
  private static func distance(_ left: String, _ right: String) -> Int {
    let (left, right) = (Array(left.lowercased().utf8.prefix(64)), Array(right.utf8))
    var row = Array(0...right.count)
    for (index, byte) in left.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for column in right.indices {
        let above = row[column + 1]
        row[column + 1] = min(
          above + 1, row[column] + 1, diagonal + (byte == right[column] ? 0 : 1))
        diagonal = above
      }
    }
    return row[right.count]
  }
}
