import Foundation

/// The Python package `zeroconf`, as a Signal K server's announcer.
package final class ZeroconfResponder: Sendable {
  private let process = Process()
  private let input = Pipe()

  private static let program = """
    import socket, sys
    from zeroconf import ServiceInfo, Zeroconf
    probe = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    probe.connect(("224.0.0.251", 5353))
    address = probe.getsockname()[0]
    zeroconf = Zeroconf(interfaces=[address])
    zeroconf.register_service(ServiceInfo(
        "_signalk-ws._tcp.local.", "Signal K: my.boat._signalk-ws._tcp.local.",
        addresses=[socket.inet_aton(address)], port=int(sys.argv[1]),
        properties={"txtvers": "1", "roles": "master, main"}, server="busbar-test.local."))
    sys.stdin.read()
    zeroconf.close()
    """

  /// Starts to announce a server on this machine.
  ///
  /// - Parameters:
  ///   - python: A Python that has the package.
  ///   - port: The server's.
  /// - Throws: What the operating system says if there is no such Python.
  package init(python: String, port: Int) throws {
    process.executableURL = URL(filePath: python)
    process.arguments = ["-c", Self.program, String(port)]
    process.standardInput = input
    try process.run()
  }

  /// Ends it.
  package func stop() async {
    try? input.fileHandleForWriting.close()
    while process.isRunning { try? await Task.sleep(for: .milliseconds(50)) }
  }
}
