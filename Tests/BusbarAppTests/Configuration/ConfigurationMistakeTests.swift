import BusbarTestSupport
import Foundation
import Testing

@testable import BusbarApp

@Suite("Everything that is wrong with a configuration is told with its place")
struct ConfigurationMistakeTests {
  /// What a file says, and the lines that explain it.
  struct Row: Sendable, CustomTestStringConvertible {
    var text: String
    var lines: [String]
    var testDescription: String

    init(_ description: String, _ text: String, _ lines: String...) {
      testDescription = description
      self.text = text
      self.lines = lines
    }
  }

  private static let good = "batteries:\n  - source: can0\nsignalk: stdout\n"

  @Test(
    "in one line each",
    arguments: [
      Row(
        "an empty file", "", "no battery: name a source with --source, or in 'batteries'",
        "no destination: name one with --signalk, or with 'signalk'"),
      Row(
        "a misspelt key", good + "log_levle: info\n",
        "4:1: unknown key 'log_levle'; did you mean 'log_level'?"),
      Row(
        "letters that changed places", "batteries:\n  - source: can0\n    nmae: A\nsignalk: stdout",
        "3:5: unknown key 'nmae'; did you mean 'name'?"),
      Row(
        "a key as others write it",
        "batteries:\n  - source: can0\n    nominal-voltage: 12.8\nsignalk: stdout\n",
        "3:5: unknown key 'nominal-voltage'; did you mean 'nominal_voltage'?"),
      Row(
        "a key that is nothing like ours", good + "colour: red\n",
        "4:1: unknown key 'colour'; the file may have batteries, signalk, recorder, log_level, "
          + "state_folder, status_socket"),
      Row(
        "an unknown key of the recorder", good + "recorder:\n  store: /x\n  kep: 2y\n",
        "6:3: unknown key 'kep'; did you mean 'keep'?"),
      Row(
        "an age that is none", good + "recorder:\n  store: /x\n  keep: long\n",
        "6:9: 'long': expected an age such as 2y, 90d or 12h"),
      Row(
        "two batteries with one id",
        "batteries:\n  - {id: house, source: can0}\n  - {id: house, source: can1}\nsignalk: stdout",
        "3:10: two batteries have the id 'house', the first in line 2"),
      Row(
        "two batteries that cannot be told apart",
        "batteries:\n  - {id: a, source: can0}\n  - {id: b, source: can0}\nsignalk: stdout",
        "'a' and 'b' both read can0: give each a source or a dialect of its own"),
      Row(
        "an id with a blank", "batteries:\n  - {id: my house, source: can0}\nsignalk: stdout",
        "2:10: battery id 'my house': Signal K allows only letters and digits, and none of its own "
          + "words such as 'meta' or 'value'; write something like 'house'"),
      Row(
        "no source", "batteries:\n  - id: house\nsignalk: stdout",
        "2:5: 'source' is missing, such as 'source: can0'"),
      Row(
        "a source that can never be", "batteries:\n  - source: an interface\nsignalk: stdout",
        "2:13: an interface: neither a file nor a network interface; there is no CAN interface "
          + "here; attach an adapter, then: sudo ip link set can0 up type can bitrate 250000 "
          + "listen-only on"),
      Row(
        "a text where a number belongs",
        "batteries:\n  - source: can0\n    nominal_voltage: twelve\nsignalk: stdout",
        "3:22: 'twelve': expected a positive number of volts, such as 12.8"),
      Row(
        "a list where a text belongs", "batteries:\n  - source: [can0]\nsignalk: stdout",
        "2:13: 'source' takes one value, and not a list"),
      Row(
        "a text where a list belongs", "batteries: can0\nsignalk: stdout",
        "1:12: 'batteries' is a list; begin each battery with '- id: …', indented below it"),
      Row(
        "a key without a value", "batteries:\n  - source: can0\n    name:\nsignalk: stdout",
        "3:10: 'name' has no value; write one, or leave the line out"),
      Row(
        "the same key twice, and what comes after it",
        "batteries:\n  - source: can0\n    name: A\n    name: B\nsignalk: stdout\nlog_level: loud\n",
        "4:5: 'name' stands there twice, first in line 3; keep one",
        "6:12: 'loud' is no log level; write debug, info, notice, warning, error"),
      Row(
        "the top keys twice", good + "signalk: stdout\nsignalk: stdout\n",
        "4:1: 'signalk' stands there twice, first in line 3; keep one",
        "5:1: 'signalk' stands there twice, first in line 3; keep one"),
      Row(
        "a dialect that nobody knows",
        "batteries:\n  - source: can0\n    dialect: victorn\nsignalk: stdout",
        "3:14: no dialect is named 'victorn'; did you mean 'victron'?"),
      Row(
        "a wrong address", "batteries:\n  - source: can0\nsignalk: ftp://x",
        "3:10: Signal K destination 'ftp://x': expected the scheme ws, wss, http or https, not "
          + "'ftp'; write 'auto', ws://HOST:3000, wss://HOST:3443, listen:ADDRESS:10112 or 'stdout'"
      ),
      Row(
        "a token file that is not there",
        "batteries:\n  - source: can0\nsignalk:\n  to: ws://h\n  token_file: /no/such\n",
        "5:15: token file /no/such: no such file; write the server's token into it"),
      Row(
        "a fingerprint where nothing is encrypted",
        "batteries:\n  - source: can0\nsignalk:\n  to: ws://h\n  tls_fingerprint: aa\n",
        "5:20: a fingerprint is for encrypted connections; write wss://…"),
      Row(
        "a destination twice", "batteries:\n  - source: can0\nsignalk: [stdout, stdout]\n",
        "the destination 'stdout' stands there twice; keep one"),
      Row(
        "a socket that no kernel takes",
        good + "status_socket: /\(String(repeating: "x", count: 107))\n",
        "4:16: a socket's path has at most 107 bytes, this one 108"),
      Row(
        "no YAML", "batteries: [\n", "2:1: not YAML: did not find expected node content"),
      Row(
        "a tab", "batteries:\n\t- source: can0\n",
        "2:1: not YAML: a tab or a special character here; indent with blanks, put special texts "
          + "in quotes"),
      Row(
        "a second document", good + "---\na: 1\n",
        "4:1: not YAML: a second document begins here; one is enough"),
      Row(
        "an anchor and an alias", "batteries: &a\n  - source: can0\nsignalk: stdout\n",
        "1:12: anchors and aliases are not used here; write values out"),
      Row(
        "a list of words", "- a\n- b\n",
        "1:1: the file is a block of keys, such as 'batteries: …', and not a list"),
    ])
  func eachMistake(_ row: Row) throws {
    let folder = try TemporaryFolder()
    let file = try folder.file("busbar.yaml", Data(row.text.utf8)).path()
    let refusal = try #require(throws: ConfigurationRefusal.self) {
      _ = try ConfigurationLoader(path: file, environment: [:]).load()
    }
    let lines = refusal.lines.map { line in
      String(line.trimmingPrefix(file).trimmingPrefix(":").trimmingPrefix(" "))
    }
    #expect(lines == row.lines)
    #expect(refusal.status == .wrongCommand)
  }

  @Test("a file without end is refused before it is read")
  func endless() throws {
    let refusal = try #require(throws: ConfigurationRefusal.self) {
      _ = try ConfigurationLoader(path: "/dev/zero", environment: [:]).load()
    }
    #expect(refusal.lines == ["/dev/zero: longer than 256 KiB; this is no configuration"])
  }

  @Test(
    "texts that would take for ever do not",
    arguments: [
      String(repeating: "[", count: 100_000),
      String(repeating: "{a: ", count: 50_000),
      "a0: &a0 [x,x,x,x,x,x,x,x,x]\n"
        + (1...30).map {
          "a\($0): &a\($0) [\(Array(repeating: "*a\($0 - 1)", count: 9).joined(separator: ","))]\n"
        }
        .joined(),
      // Few enough to be tried, and with an alias as a key, which has to be compared.
      "a: &a [x,x,x,x,x,x]\nb: &b [*a,*a,*a]\nc: &c [*b,*b,*b]\nd: &d [*c,*c,*c]\n? *d\n: 1\n? *d\n: 2\n",
      String(repeating: "k: 1\n", count: 20_000),
      String(repeating: "- ", count: 60_000),
    ])
  func bounded(text: String) throws {
    let start = ContinuousClock.now
    let file = ConfigurationFile(parsing: text)
    #expect(!file.mistakes.isEmpty)
    #expect(ContinuousClock.now - start < .seconds(20))
  }

  @Test("any bytes are read or refused, and never end the program")
  func survivesNonsense() throws {
    var random = SystemRandomNumberGenerator()
    let alphabet = Array("batteries:\n -source{}[]&*#'\"|>!%@\t?\u{e9}\0,\u{E000}".unicodeScalars)
    for _ in 0..<3000 {
      var text = String.UnicodeScalarView()
      for _ in 0..<Int.random(in: 0...60, using: &random) {
        if let scalar = alphabet.randomElement(using: &random) { text.append(scalar) }
      }
      _ = ConfigurationFile(parsing: String(text))
    }
  }
}
