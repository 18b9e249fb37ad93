import Foundation
import Publishers
import Testing

@Suite("Signal K settings")
struct SignalKSettingsTests {
  @Test(
    "refuses a battery's setting, and says what to write",
    arguments: [
      (
        SignalKError.invalidBatteryId("rec-bms"),
        """
        battery id 'rec-bms': Signal K allows only letters and digits, and none of its own words \
        such as 'meta' or 'value'; write something like 'house'
        """
      ),
      (
        .invalidSourceLabel("a b"),
        """
        source label 'a b': only letters and digits are allowed; write something like 'busbar'
        """
      ),
      (
        .invalidNominalVoltage(-12.8),
        "nominal voltage -12.8: expected a positive number of volts, such as 12.8"
      ),
    ])
  func saysWhatToWrite(error: SignalKError, message: String) {
    #expect("\(error)" == message)
    let thrown = #expect(throws: SignalKError.self) {
      switch error {
      case .invalidBatteryId(let id): _ = try SignalKBattery(id: id)
      case .invalidSourceLabel(let label): _ = try SignalKBattery(id: "house", sourceLabel: label)
      case .invalidNominalVoltage(let voltage):
        _ = try SignalKBattery(id: "house", nominalVoltage: voltage)
      default: break
      }
    }
    #expect(thrown == error)
  }

  @Test(
    "refuses an id that the server or its history cannot carry",
    arguments: ["", " ", "a.b", "a/b", "h\u{e4}user", "\u{661}", "constructor", "meta", "value"])
  func refusesId(id: String) {
    #expect(throws: SignalKError.invalidBatteryId(id)) { try SignalKBattery(id: id) }
  }

  @Test("refuses a voltage that is none", arguments: [0, -1, .infinity, .nan] as [Double])
  func refusesVoltage(voltage: Double) {
    #expect(throws: SignalKError.self) { try SignalKBattery(id: "house", nominalVoltage: voltage) }
  }

  @Test("reads a destination")
  func readsDestination() throws {
    #expect(try SignalKDestination(parsing: "stdout") == .standardOutput)
    let endpoint = try SignalKEndpoint(parsing: "ws://pi:3000")
    #expect(try SignalKDestination(parsing: "ws://pi:3000") == .server(.at(endpoint)))
    #expect(try SignalKDestination(parsing: "auto") == .server(.automatic()))
    let address = try SignalKListenAddress(parsing: "0.0.0.0:10112")
    #expect(try SignalKDestination(parsing: "listen:0.0.0.0:10112") == .listen(address))
  }

  @Test(
    "reads a server's address",
    arguments: [
      ("ws://pi:3000", "pi", 3000, ""),
      ("WS://pi.local", "pi.local", 3000, ""),
      ("ws://[::1]:80/", "::1", 80, ""),
      ("ws://pi:3000/signalk/v1/stream", "pi", 3000, ""),
      ("ws://pi:3000/signalk/v1/stream?subscribe=none", "pi", 3000, ""),
      ("ws://boat.example:80/sk", "boat.example", 80, "/sk"),
      ("ws://boat.example:80/a%20b/signalk/", "boat.example", 80, "/a%20b"),
      ("ws://boat.example:80/sk/signalk/v1", "boat.example", 80, "/sk"),
      ("wss://pi", "pi", 3443, ""),
      ("http://pi", "pi", 80, ""),
      ("https://boat.example/admin/", "boat.example", 443, ""),
      ("http://pi:3000/signalk/v1/api/", "pi", 3000, ""),
    ])
  func readsAddress(text: String, host: String, port: Int, prefix: String) throws {
    let endpoint = try SignalKEndpoint(parsing: text)
    #expect(endpoint.host == host)
    #expect(endpoint.port == port)
    #expect(endpoint.prefix == prefix)
  }

  @Test(
    "says what is wrong with an address",
    arguments: [
      ("ws://a b", "'ws://a b': not a URL"),
      ("pi", "'pi': not a URL"),
      ("pi:3000", "'pi:3000': expected the scheme ws, wss, http or https, not 'pi'"),
      ("ftp://pi", "'ftp://pi': expected the scheme ws, wss, http or https, not 'ftp'"),
      (
        "listen:pi:1",
        "'listen:pi:1': 'pi' is no IP address; 0.0.0.0 stands for all of this machine"
      ),
      (
        "listen:p\ni:1",
        "'listen:p i:1': 'p i' is no IP address; 0.0.0.0 stands for all of this machine"
      ),
      (
        "listen:10112",
        "'listen:10112': expected an address and a port, such as 0.0.0.0:10112"
      ),
      ("listen:0.0.0.0:70000", "'listen:0.0.0.0:70000': the port must be 1 to 65535"),
      ("ws://", "'ws://': the host is missing"),
      ("ws://pi:0", "'ws://pi:0': the port must be 1 to 65535"),
      ("ws://pi:70000", "'ws://pi:70000': the port must be 1 to 65535"),
      (
        "ws://me:secret@pi:3000",
        "'ws://pi': no user, query or fragment; put a token into a file"
      ),
      (
        "ws://pi:3000?token=secret",
        "'ws://pi': no user, query or fragment; put a token into a file"
      ),
    ])
  func refusesAddress(text: String, message: String) throws {
    let error = try #require(throws: SignalKError.self) { try SignalKDestination(parsing: text) }
    #expect(
      "\(error)" == """
        Signal K destination \(message); write 'auto', ws://HOST:3000, wss://HOST:3443, \
        listen:ADDRESS:10112 or 'stdout'
        """)
  }
}

@Suite("The file with the token")
struct TokenFileTests {
  private let folder = FileManager.default.temporaryDirectory.path() + "/busbar-token-\(UUID())"

  private func file(_ contents: [UInt8]) throws -> TokenFile {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let path = "\(folder)/\(UUID())"
    try Data(contents).write(to: URL(fileURLWithPath: path))
    return TokenFile(path: path)
  }

  @Test("gives the token without the line's end", arguments: ["t0k.en-_", "t0k.en-_\n"])
  func trims(contents: String) throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let plain = try file(Array("t0k.en-_".utf8)).read()
    #expect(try file(Array(contents.utf8)).read() == plain)
  }

  @Test("never shows the token")
  func isSecret() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let token = try file(Array("s3cret".utf8)).read()
    var dumped = ""
    dump(token, to: &dumped)
    #expect("\(token)" == "•••")
    #expect(![dumped, String(reflecting: token)].contains { $0.contains("s3cret") })
  }

  @Test(
    "says what is wrong with the file",
    arguments: [
      ("", "empty; write the server's token into it"),
      ("\n", "empty; write the server's token into it"),
      ("a b", "a blank or a control character at byte 2; expected one token on one line"),
      ("a\nb", "a blank or a control character at byte 2; expected one token on one line"),
      (" ab", "a blank or a control character at byte 1; expected one token on one line"),
      ("ab\n\n", "a blank or a control character at byte 3; expected one token on one line"),
      ("ab\u{0}", "a blank or a control character at byte 3; expected one token on one line"),
      ("ab\u{e9}", "a blank or a control character at byte 3; expected one token on one line"),
      (
        String(repeating: "a", count: 20_000),
        "16387 bytes or more, too long for a token; expected one token on one line"
      ),
    ])
  func saysWhatIsWrong(contents: String, message: String) throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let file = try file(Array(contents.utf8))
    let error = try #require(throws: SignalKError.self) { try file.read() }
    #expect("\(error)" == "token file \(file.path): \(message)")
  }

  @Test("says that there is no file, or that it is none")
  func saysThatItIsMissing() throws {
    let missing = try #require(throws: SignalKError.self) {
      try TokenFile(path: "/nowhere/token").read()
    }
    #expect(
      "\(missing)" == "token file /nowhere/token: no such file; write the server's token into it")
    let folder = FileManager.default.temporaryDirectory.path()
    let unreadable = try #require(throws: SignalKError.self) {
      try TokenFile(path: folder).read()
    }
    #expect(
      "\(unreadable)" == """
        token file \(folder): cannot be read: it is not a readable file; \
        check its owner and its mode
        """)
  }
}
