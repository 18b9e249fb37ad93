package import CANInterfaces
import Publishers

/// The commented file that `busbar config init` writes, from what it finds on this machine.
package struct ConfigurationTemplate: Sendable {
  /// The CAN interfaces that there are.
  package var interfaces: [NetworkInterface]
  /// The address of the Signal K server on this machine; `nil` if there is none.
  package var localServer: String?

  package init(interfaces: [NetworkInterface], localServer: String?) {
    self.interfaces = interfaces
    self.localServer = localServer
  }

  /// Looks around on this machine.
  package static func ofThisMachine() async -> Self {
    Self(
      interfaces: NetworkInterface.all().filter(\.isCAN),
      localServer: await SignalKSearch().localServer())
  }

  /// The text of the file; reading it makes settings without a mistake.
  package var text: String {
    """
    # What 'busbar run' does. 'busbar config check' explains what is wrong in it,
    # 'busbar config show' prints what holds, 'busbar config reference' every key, flag and variable.

    batteries:
    \(interfaceNotes)
    \(battery(id: "house", source: first?.name ?? "can0"))
    \(otherBatteries)
    # One destination or a list of them.
    signalk:
    \(serverNote)
      - to: \(localServer ?? "auto")
    \(commented(.tokenFile, indentation: "    "))

    \(Setting.all(in: .top).map { commented($0, indentation: "") }.joined(separator: "\n\n"))

    """
  }

  private var first: NetworkInterface? { interfaces.first(where: \.isUp) ?? interfaces.first }

  private var interfaceNotes: String {
    guard !interfaces.isEmpty else {
      return "  # There is no CAN interface here now. One that comes later is waited for."
    }
    return interfaces.map { interface in
      interface.isUp
        ? "  # \(interface.name) is up."
        : "  # \(interface.name) is down; bring it up with: "
          + "sudo ip link set \(interface.name) up type can bitrate 250000 listen-only on"
    }.joined(separator: "\n")
  }

  private var serverNote: String {
    localServer == nil
      ? "  # There is no server on this machine now. 'auto' looks here and on the network."
      : "  # The server on this machine. 'auto' would also look on the network."
  }

  private func battery(id: String, source: String) -> String {
    let optional = Setting.all(in: .battery).filter { $0 != .batteryId && $0 != .source }
    return """
        - id: \(id)
          source: \(source)
      \(optional.map { commented($0, indentation: "    ") }.joined(separator: "\n"))
      """
  }

  /// The other interfaces, ready to be uncommented.
  private var otherBatteries: String {
    interfaces.filter { $0 != first }.enumerated().map { index, interface in
      "  # - id: battery\(index + 2)\n  #   source: \(interface.name)\n"
    }.joined()
  }

  private func commented(_ setting: Setting, indentation: String) -> String {
    let details = setting.details
    let sentence = "\(details.meaning). Default: \(details.fallback ?? "none")."
    return Self.lines(of: sentence, width: 84).map { "\(indentation)# \($0)\n" }.joined()
      + "\(indentation)# \(details.key): \(details.example)"
  }

  /// A sentence in lines of at most so many characters.
  private static func lines(of sentence: String, width: Int) -> [String] {
    sentence.split(separator: " ").reduce(into: []) { lines, word in
      if let last = lines.last, last.count + 1 + word.count <= width {
        lines[lines.count - 1] = "\(last) \(word)"
      } else {
        lines.append(String(word))
      }
    }
  }
}
