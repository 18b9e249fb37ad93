/// What a user wrote to say where frames come from, understood.
///
///     can0                a network interface
///     house.log           a log file
///     -                   standard input
///     sim:rec-q           the simulator
///     slcan:/dev/ttyACM0  a scheme: refused for now, with its name
package enum SourceSpecification: Hashable, Sendable {
  /// A network interface that exists, of whatever kind.
  case interface(String)
  /// Something at this path that is not a directory.
  case file(String)
  case standardInput
  /// The simulator, with what stands after `sim:`.
  case simulator(String)

  /// Understands a word from a command line or a configuration.
  ///
  /// A scheme is what it says; then a file goes before an interface, so that what is under
  /// the user's eyes in a directory is what is read. Nothing is opened.
  ///
  /// - Throws: A ``SourceError`` that says what the word was taken for and what there is instead.
  package init(
    parsing word: String, in surroundings: some SourceSurroundings = ThisMachine()
  ) throws(SourceError) {
    guard !word.isEmpty else { throw .noName }
    if word == "-" {
      self = .standardInput
      return
    }
    if let scheme = SourceScheme.allCases.first(where: { word.hasPrefix($0.rawValue) }) {
      guard scheme == .simulator else { throw .notSupportedYet(word, scheme) }
      self = .simulator(String(word.dropFirst(scheme.rawValue.count)))
      return
    }
    let path = surroundings.kind(ofPath: word)
    let interfaces = surroundings.interfaces()
    if path == .file {
      self = .file(word)
    } else if interfaces.contains(where: { $0.name == word }) {
      self = .interface(word)
    } else if path == .directory {
      throw .isDirectory(word)
    } else {
      throw Self.refusal(of: word, interfaces, in: surroundings)
    }
  }

  /// What to say of a word that names nothing which exists.
  private static func refusal(
    of word: String, _ interfaces: [NetworkInterface], in surroundings: some SourceSurroundings
  ) -> SourceError {
    if word.contains("://") { return .unknownScheme(word) }
    if word.contains("/") || word.contains(".") { return .noSuchFile(word) }
    // Without CAN in the kernel no such interface can exist, and that is what has to be put right.
    if isNamedLikeCAN(word), !surroundings.hasCAN { return .kernelWithoutCAN(word) }
    return .noSuchSource(word, canInterfaces: interfaces.filter(\.isCAN).map(\.name))
  }

  /// Whether a word is `can` and a number, or `vcan`, `vxcan` or `slcan` and one.
  private static func isNamedLikeCAN(_ word: String) -> Bool {
    let letters = word.prefix { !$0.isNumber }
    let number = word.dropFirst(letters.count)
    return ["can", "vcan", "vxcan", "slcan"].contains(letters) && UInt16(number) != nil
  }
}
