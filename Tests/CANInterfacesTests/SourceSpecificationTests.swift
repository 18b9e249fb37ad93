import CANInterfaces
import Testing

/// Files and interfaces that exist only in a test.
private struct Surroundings: SourceSurroundings {
  var paths: [String: PathKind] = [
    "house.log": .file, "can7": .file, "logs": .directory, "can0": .directory, "./-": .file,
    "a:b.log": .file, "sim:rec-q": .file,
  ]
  var names = ["can0", "can7", "eth0", "vcan1"]
  var hasCAN = true

  func kind(ofPath path: String) -> PathKind? { paths[path] }

  func interfaces() -> [NetworkInterface] {
    names.enumerated().map { index, name in
      NetworkInterface(name: name, index: CInt(index + 1), isUp: true, isCAN: name.contains("can"))
    }
  }
}

@Suite("What a user wrote for a source")
struct SourceSpecificationTests {
  private static let can = ["can0", "can7", "vcan1"]

  @Test(
    "is understood",
    arguments: [
      ("-", .standardInput), ("./-", .file("./-")), ("house.log", .file("house.log")),
      ("a:b.log", .file("a:b.log")), ("can7", .file("can7")), ("can0", .interface("can0")),
      ("vcan1", .interface("vcan1")), ("eth0", .interface("eth0")),
    ] as [(String, SourceSpecification)])
  func understands(word: String, specification: SourceSpecification) throws {
    #expect(try SourceSpecification(parsing: word, in: Surroundings()) == specification)
  }

  @Test(
    "is refused with a reason",
    arguments: [
      ("", .noName), ("logs", .isDirectory("logs")), ("home.log", .noSuchFile("home.log")),
      ("/dev/ttyACM0", .noSuchFile("/dev/ttyACM0")), ("logs/", .noSuchFile("logs/")),
      ("cna0", .noSuchSource("cna0", canInterfaces: can)),
      ("can9", .noSuchSource("can9", canInterfaces: can)),
      (
        "slcan:/dev/ttyACM0?bitrate=250000",
        .notSupportedYet("slcan:/dev/ttyACM0?bitrate=250000", .serialLine)
      ),
      (
        "socketcand://host:29536/can0",
        .notSupportedYet("socketcand://host:29536/can0", .socketcand)
      ),
      ("gvret://host:23", .notSupportedYet("gvret://host:23", .gvret)),
      ("mqtt://host.lan", .unknownScheme("mqtt://host.lan")),
    ] as [(String, SourceError)])
  func refuses(word: String, reason: SourceError) {
    #expect(throws: reason) { try SourceSpecification(parsing: word, in: Surroundings()) }
  }

  @Test(
    "is about the kernel if it names a CAN interface and the kernel has none",
    arguments: [
      ("can0", .kernelWithoutCAN("can0")), ("slcan12", .kernelWithoutCAN("slcan12")),
      ("can", .noSuchSource("can", canInterfaces: [])),
      ("canary", .noSuchSource("canary", canInterfaces: [])),
      ("scan1", .noSuchSource("scan1", canInterfaces: [])),
      ("can0.log", .noSuchFile("can0.log")),
    ] as [(String, SourceError)])
  func blamesKernel(word: String, reason: SourceError) {
    let surroundings = Surroundings(paths: [:], names: ["lo"], hasCAN: false)
    #expect(throws: reason) { try SourceSpecification(parsing: word, in: surroundings) }
  }

  @Test("is held against the real machine")
  func asksTheMachine() throws {
    let log = try TemporaryFile("")
    #expect(try SourceSpecification(parsing: log.path) == .file(log.path))
    #expect(try SourceSpecification(parsing: "lo") == .interface("lo"))
    #expect(throws: SourceError.isDirectory("/")) { try SourceSpecification(parsing: "/") }
    let missing = TemporaryFile().path
    #expect(throws: SourceError.noSuchFile(missing)) { try SourceSpecification(parsing: missing) }
  }

  @Test("leads to a socket only if it is a CAN interface")
  func opensNothingElse() {
    let error = #expect(throws: SourceError.self) { _ = try SocketCANSource(interface: "lo") }
    guard case .notCAN("lo", _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }
}
