/// Why a source cannot be opened or read: one case for each thing that somebody can put right.
///
/// Paths and names are as the user wrote them; ``description`` makes them fit for one line.
package enum SourceError: Error, Hashable, Sendable {
  /// The name of a source was expected, and there was nothing.
  case noName
  /// A path that nothing exists at.
  case noSuchFile(String)
  /// A directory where a file was expected.
  case isDirectory(String)
  /// A file that exists and that the kernel does not open.
  case unreadableFile(String, CallFailure)
  /// A pipe or a terminal, which cannot be read twice, where a replay is to begin again.
  case cannotRewind(String)
  /// A word that names neither a file nor a network interface.
  case noSuchSource(String, canInterfaces: [String])
  /// A network interface that does not exist.
  case noSuchInterface(String, canInterfaces: [String])
  /// A network interface of another kind, such as `eth0`.
  case notCAN(String, canInterfaces: [String])
  /// A CAN interface that has not been brought up.
  case interfaceDown(String)
  /// The kernel does not know CAN sockets: its modules are not there, or systemd's
  /// `RestrictAddressFamilies=` hides them.
  case kernelWithoutCAN(String)
  /// The kernel does not let this process have a CAN socket.
  case notPermitted(String, CallFailure)
  /// A system call failed for which there is no better advice than its own words.
  case failed(String, CallFailure)
  /// A source with a scheme that is written wrongly.
  case syntax(String, SourceSyntaxFault)
  /// A serial port that is not there.
  case noSuchDevice(String, present: [String])
  case notASerialPort(String)
  /// Another program has the serial port.
  case deviceBusy(String)
  case deviceNotPermitted(String, CallFailure)
  /// A serial port that was there a moment ago.
  case deviceGone(String)
  /// An adapter or a server that can be reached and is of no use.
  case adapter(String, AdapterFault)
  /// A host that cannot be reached, or an address that cannot be had, and why.
  case unreachable(String, NetworkAddress, String)
  /// A simulation that cannot be, in words that name it.
  case simulation(String)
  /// The same source twice among several.
  case sameSourceTwice(String)
  /// A log among buses.
  case logAmongBuses(String)
  /// A kind of source that nobody knows.
  case unknownScheme(String)

  /// Whether the user named something wrong (exit status 2), rather than the outside failing
  /// (exit status 3).
  package var isUsage: Bool {
    switch self {
    case .noName, .noSuchFile, .isDirectory, .cannotRewind, .noSuchSource, .noSuchInterface,
      .notCAN, .unknownScheme, .syntax, .noSuchDevice, .notASerialPort, .simulation,
      .sameSourceTwice, .logAmongBuses:
      true
    case .unreadableFile, .interfaceDown, .kernelWithoutCAN, .notPermitted, .failed,
      .deviceBusy, .deviceNotPermitted, .deviceGone, .adapter, .unreachable:
      false
    }
  }
}
