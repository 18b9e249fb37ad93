/// What a user wrote to say where frames come from, understood.
///
///     can0                                 a network interface
///     house.log                            a log file
///     -                                    standard input
///     slcan:/dev/ttyACM0?bitrate=500000    an adapter that speaks the LAWICEL protocol
///     gvret:/dev/ttyUSB0, gvret://host:23  an adapter that speaks GVRET
///     socketcand://host:29536/can0         a bus of another machine
///     cannelloni://:20000                  datagrams from a cannelloni
///     sim:rec-q                            a battery that is not there
package enum SourceSpecification: Hashable, Sendable {
  /// A network interface that exists, of whatever kind.
  case interface(String)
  /// Something at this path that is not a directory.
  case file(String)
  case standardInput
  case serialLine(SerialLineSettings)
  case gvret(GVRETSettings)
  case socketcand(NetworkAddress, bus: SocketcandBusName)
  /// Datagrams that arrive at this address of this machine.
  case cannelloni(NetworkAddress)
  /// What stands after `sim:`, which the simulator understands.
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
      do throws(SourceSyntaxFault) {
        self = try Self(scheme, word.dropFirst(scheme.rawValue.utf8.count))
      } catch {
        throw .syntax(word, error)
      }
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

  /// Whether this is recorded and has an end, rather than happening now.
  package var isLog: Bool {
    switch self {
    case .file, .standardInput: true
    case .interface, .serialLine, .gvret, .socketcand, .cannelloni, .simulator: false
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
