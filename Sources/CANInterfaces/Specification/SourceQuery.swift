/// The settings after a source's address: `?bitrate=250000&timestamps=off`.
struct SourceQuery: Hashable, Sendable {
  /// What stands before the `?`.
  let address: String
  private var values: [String: String] = [:]

  /// Understands a word without its scheme.
  ///
  /// - Parameters:
  ///   - text: The address and its settings.
  ///   - keys: The settings that this kind of source has.
  /// - Throws: For a setting that is unknown, is there twice, or has no value.
  init(_ text: Substring, keys: [String]) throws(SourceSyntaxFault) {
    let parts = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    address = parts.first.map(String.init) ?? ""
    guard parts.count == 2 else { return }
    for setting in parts[1].split(separator: "&") {
      let pair = setting.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let key = String(pair[0])
      guard keys.contains(key) else { throw .unknownKey(key, known: keys) }
      guard pair.count == 2, !pair[1].isEmpty else { throw .noValue(key) }
      guard values.updateValue(String(pair[1]), forKey: key) == nil else { throw .keyTwice(key) }
    }
  }

  /// The value of a setting; `nil` if it is not given.
  ///
  /// - Throws: If it is none of `choices`, which are told.
  func value<Value>(
    _ key: String, _ choices: [(text: String, value: Value)]
  ) throws(SourceSyntaxFault) -> Value? {
    guard let text = values[key] else { return nil }
    guard let choice = choices.first(where: { $0.text == text }) else {
      throw .badValue(key: key, value: text, expected: choices.map(\.text))
    }
    return choice.value
  }
}

extension NetworkAddress {
  /// Understands `host:port`, `host`, `[address]:port` or, if a host may be missing, `:port`.
  ///
  /// - Parameters:
  ///   - text: As the user wrote it.
  ///   - defaultPort: The port if none is given; `nil` if it has to be.
  ///   - needsHost: Whether a host has to be given.
  /// - Throws: What is missing or wrong.
  init(
    parsing text: Substring, defaultPort: UInt16?, needsHost: Bool = true
  ) throws(SourceSyntaxFault) {
    var rest = text
    var host = ""
    if rest.first == "[", let end = rest.firstIndex(of: "]") {
      host = String(rest[rest.index(after: rest.startIndex)..<end])
      rest = rest[rest.index(after: end)...]
    } else {
      host = String(rest.prefix { $0 != ":" })
      rest = rest.dropFirst(host.count)
    }
    if needsHost, host.isEmpty { throw .noHost }
    var port = defaultPort
    if rest.first == ":" {
      let digits = rest.dropFirst()
      guard let number = UInt16(digits), number > 0 else { throw .badPort(String(digits)) }
      port = number
    } else if !rest.isEmpty {
      throw .tooMuch(String(rest))
    }
    guard let port else { throw .noPort }
    self.init(host: host, port: port)
  }
}
