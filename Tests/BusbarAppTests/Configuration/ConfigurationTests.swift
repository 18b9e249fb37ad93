import BusbarTestSupport
import CANInterfaces
import Foundation
import Logging
import Publishers
import Testing

@testable import BusbarApp

@Suite("The configuration")
struct ConfigurationTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func load(
    _ text: String, flags: [Setting: String] = [:], environment: [String: String] = [:]
  ) throws -> LoadedConfiguration {
    let file = try folder.file("busbar.yaml", Data(text.utf8)).path()
    return try ConfigurationLoader(path: file, flags: flags, environment: environment).load()
  }

  @Test("says everything about several batteries and destinations")
  func everything() throws {
    _ = try folder.file("token", Data("abc\n".utf8))
    let loaded = try load(
      """
      batteries:
        - id: house
          name: "House: the big one"
          source: can0
          dialect: rec
          nominal_voltage: 25.6
        - id: starter
          source: can1
      signalk:
        - stdout
        - to: ws://pi.local
          token_file: token
      log_level: notice
      state_folder: state
      status_socket: off
      recorder:
      """)
    let settings = loaded.settings
    #expect(settings.batteries.map(\.id) == ["house", "starter"])
    #expect(settings.batteries[0].signalK.name == "House: the big one")
    #expect(settings.batteries[0].signalK.nominalVoltage == 25.6)
    #expect(settings.batteries.map(\.dialect) == ["rec", "auto"])
    #expect(settings.destinations.map(\.text) == ["stdout", "ws://pi.local"])
    #expect(settings.destinations[1].tokenFile?.path == folder.url.appending(path: "token").path())
    #expect(settings.logLevel == .notice)
    #expect(settings.stateFolder == folder.url.appending(path: "state").path())
    #expect(settings.statusSocket == nil)
    #expect(settings.waitsForSources)
  }

  @Test("takes one destination in each way of writing it")
  func destinations() throws {
    for text in ["signalk: stdout", "signalk:\n  to: stdout", "signalk:\n  - to: stdout"] {
      let settings = try load("batteries:\n  - source: can0\n\(text)\n").settings
      #expect(settings.destinations.map(\.destination) == [.standardOutput])
    }
  }

  @Test("a flag goes before a variable, and both before the file")
  func precedence() throws {
    let text =
      "batteries:\n  - {source: can0, id: a, name: A, nominal_voltage: 12.8}\nsignalk: stdout\n"
    let environment = ["BUSBAR_NAME": "B", "BUSBAR_NOMINAL_VOLTAGE": "25.6", "BUSBAR_LOOP": ""]
    let settings = try load(text, flags: [.batteryName: "C"], environment: environment).settings
    #expect(settings.batteries.map(\.id) == ["a"])
    #expect(settings.batteries[0].signalK.name == "C")
    #expect(settings.batteries[0].signalK.nominalVoltage == 25.6)
  }

  @Test("of several batteries the one that is named is changed, and none by guessing")
  func precedenceOfSeveral() throws {
    let text = "batteries:\n  - {id: a, source: can0}\n  - {id: b, source: can1}\nsignalk: stdout\n"
    let settings = try load(text, flags: [.batteryId: "b", .source: "can2"]).settings
    #expect(settings.batteries.map(\.source) == ["can0", "can2"])
    let refusal = try #require(throws: ConfigurationRefusal.self) {
      _ = try load(text, flags: [.source: "can2"])
    }
    #expect(
      refusal.lines == [
        "--source: the file has 2 batteries; say which one with --battery-id and its id"
      ])
  }

  @Test("without a file flags and variables say it all, and a source is not waited for")
  func withoutFile() throws {
    let flags: [Setting: String] = [.source: "-", .destination: "stdout"]
    let loaded = try ConfigurationLoader(path: nil, flags: flags, environment: [:]).load()
    #expect(loaded.path == nil)
    #expect(loaded.settings.batteries.map(\.id) == ["house"])
    #expect(!loaded.settings.waitsForSources)
    #expect(throws: ConfigurationRefusal.self) {
      _ = try ConfigurationLoader(
        path: nil, flags: [.source: "can77", .destination: "stdout"], environment: [:]
      ).load()
    }
  }

  @Test("a variable that is nearly one of ours is told of, others are nobody's business")
  func misspeltVariables() {
    let overrides = ConfigurationOverrides(environment: [
      "BUSBAR_SORCE": "can0", "BUSBAR_VALIDATOR": "x", "BUSBAR_CONFIG": "x", "BUSBAR": "x",
    ])
    #expect(
      overrides.warnings == [
        "BUSBAR_SORCE: not a variable that is known; did you mean BUSBAR_SOURCE?"
      ])
  }

  @Test("a token is found where systemd put it")
  func credential() throws {
    _ = try folder.file("signalk.token", Data("abc".utf8))
    let credentials = folder.url.path()
    let settings = try ConfigurationLoader(
      path: nil,
      flags: [.source: "-", .destination: "ws://h", .tokenFile: "signalk.token"],
      environment: ["CREDENTIALS_DIRECTORY": credentials]
    ).load().settings
    #expect(settings.destinations[0].tokenFile?.path == "\(credentials)/signalk.token")
  }

  @Test("a token with a newline in it is refused, and no part of it is shown")
  func tokenWithNewline() throws {
    _ = try folder.file("token", Data("secret\nsecond".utf8))
    let refusal = try #require(throws: ConfigurationRefusal.self) {
      _ = try load(
        "batteries:\n  - source: can0\nsignalk:\n  to: ws://h\n  token_file: token\n")
    }
    #expect(refusal.lines.count == 1)
    #expect(refusal.lines[0].contains("busbar.yaml:5:15: token file "))
    #expect(refusal.lines[0].contains("a blank or a control character at byte 7"))
    #expect(!refusal.lines[0].contains("secret"))
  }

  @Test("a DBC file that was edited is another setting, one that was not is the same")
  func editedDialect() throws {
    let text = "batteries:\n  - source: can0\n    dialect: my.dbc\nsignalk: stdout\n"
    func batteries(factor: String) throws -> [BatterySettings] {
      let dialect =
        "VERSION \"\"\nBO_ 1 M: 8 A\n SG_ V : 0|16@1+ (\(factor),0) [0|0] \"V\" A\n"
      _ = try folder.file("my.dbc", Data(dialect.utf8))
      return try load(text).settings.batteries
    }
    let first = try batteries(factor: "0.1")
    #expect(try batteries(factor: "0.1") == first)
    #expect(try batteries(factor: "0.01") != first)
  }

  @Test("a state folder that cannot be written is the outside's fault")
  func stateFolder() throws {
    let refusal = try #require(throws: ConfigurationRefusal.self) {
      _ = try load("batteries:\n  - source: can0\nsignalk: stdout\nstate_folder: /proc/busbar\n")
    }
    #expect(refusal.status == .outsideFailed)
    #expect(refusal.lines[0].contains(":4:15: state folder /proc/busbar: cannot be made: "))
  }

  @Test(
    "what is written for a machine can be run on it",
    arguments: [
      [],
      [NetworkInterface(name: "can0", index: 3, isUp: true, isCAN: true)],
      [
        NetworkInterface(name: "can0", index: 3, isUp: false, isCAN: true),
        NetworkInterface(name: "can1", index: 4, isUp: true, isCAN: true),
      ],
    ], [nil, "ws://localhost:3000"])
  func template(interfaces: [NetworkInterface], server: String?) throws {
    let text = ConfigurationTemplate(interfaces: interfaces, localServer: server).text
    let source = interfaces.first(where: \.isUp)?.name ?? interfaces.first?.name ?? "can0"
    #expect(try load(text).settings.batteries.map(\.source) == [source])
    #expect(try load(text).settings.destinations.map(\.text) == [server ?? "auto"])
    for interface in interfaces { #expect(text.contains("# \(interface.name) is ")) }
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 110 })
    // Every example in it is a good one, apart from the files that are not there.
    _ = try folder.file("signalk.token", Data("abc".utf8))
    let everything = text.replacing("# name: ", with: "name: ").replacing(
      "# dialect:", with: "dialect:"
    )
    .replacing("# nominal_voltage:", with: "nominal_voltage:")
    .replacing("# replay_speed:", with: "replay_speed:")
    .replacing("# token_file:", with: "token_file:")
    .replacing("# log_level:", with: "log_level:")
    let settings = try load(everything).settings
    #expect(settings.batteries[0].dialect == "rec")
    #expect(settings.destinations[0].tokenFile != nil)
  }

  @Test("docs/configuration.md has the tables that busbar prints")
  func reference() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let document = try String(
      contentsOf: root.appending(path: "docs/configuration.md"), encoding: .utf8)
    #expect(
      document.contains(ConfigurationReference.markdown),
      "paste what 'busbar config reference' prints")
  }
}
