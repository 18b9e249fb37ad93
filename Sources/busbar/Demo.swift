import ArgumentParser
import BusbarApp
import CANInterfaces
import Foundation
import Glibc

/// `busbar demo`: everything at once, with a battery that is not there.
struct Demo: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows everything with a simulated battery; needs no hardware and no configuration.",
    discussion: """
      A REC Q with eight cells on a day in a van, sixty times as fast: identified, decoded, recorded, \
      published as Signal K deltas, and shown live. What was recorded and published is left in \
      FOLDER, to be looked at with 'busbar query', 'events' and 'export'. 'q' or Ctrl-C ends it.

      Examples:
        busbar demo
        busbar demo --signalk ws://localhost:3000
        busbar demo --seconds 30 --folder /tmp/demo > deltas.txt
      """)

  @Option(
    help: ArgumentHelp(
      "The battery, as 'busbar simulate --help' has it.", valueName: "battery"))
  var battery = "rec-q?profile=van-day&speed=60"

  @Option(
    help: ArgumentHelp(
      "A Signal K server to publish to; into a file of FOLDER without it.",
      valueName: "ws://host:port"))
  var signalk: String?

  @Option(
    help: ArgumentHelp(
      "Where the recording and the deltas go; a new temporary folder without it.",
      valueName: "folder"), completion: .directory)
  var folder: String?

  @Option(help: ArgumentHelp("End after so many seconds.", valueName: "number"))
  var seconds: Double?

  func validate() throws {
    if let seconds, !(1...86_400).contains(seconds) {
      throw ValidationError("--seconds is \(seconds), expected 1 to 86400")
    }
  }

  func run() throws {
    let folder = try makeFolder()
    let source = "sim:\(battery)"
    // A mistake in the battery is told before anything is started.
    _ = try MonitorSource(source, speed: .asRecorded)
    let gateway = try startGateway(source, folder)
    defer {
      gateway.terminate()
      gateway.waitUntilExit()
      tell(folder)
    }
    if let seconds { Self.interrupt(after: seconds) }
    // The same seed: what is shown is what is recorded.
    guard let monitor = try Monitor.parseAsRoot([source]) as? Monitor else { return }
    try monitor.run()
  }

  private func makeFolder() throws -> String {
    if let folder {
      try? FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
      return folder
    }
    var template = Array("/tmp/busbar-demo-XXXXXX".utf8CString)
    guard unsafe mkdtemp(&template) != nil else {
      throw CommandFailure(
        "no temporary folder can be made; name one with --folder", .outsideFailed)
    }
    return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// The gateway runs as a program of its own, as it does on a boat.
  private func startGateway(_ source: String, _ folder: String) throws -> Process {
    let gateway = Process()
    gateway.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    gateway.arguments = [
      "run", "--source", source, "--signalk", signalk ?? "stdout", "--battery-id", "demo",
      "--name", "Demo battery", "--nominal-voltage", "25.6", "--record", "\(folder)/demo.busbar",
      "--commit-seconds", "2", "--state-folder", "\(folder)/state", "--status-socket",
      "\(folder)/status.sock",
    ]
    do {
      gateway.standardInput = FileHandle.nullDevice
      gateway.standardOutput = try Self.file("\(folder)/deltas.ndjson")
      gateway.standardError = try Self.file("\(folder)/gateway.log")
      try gateway.run()
    } catch {
      throw CommandFailure("\(folder): the gateway cannot be started: \(error)", .outsideFailed)
    }
    return gateway
  }

  private static func file(_ path: String) throws -> FileHandle {
    try Data().write(to: URL(filePath: path))
    return try FileHandle(forWritingTo: URL(filePath: path))
  }

  /// Ends the view as a signal from outside would.
  private static func interrupt(after seconds: Double) {
    Thread.detachNewThread {
      Thread.sleep(forTimeInterval: seconds)
      kill(getpid(), SIGTERM)
    }
  }

  private func tell(_ folder: String) {
    let notices = StandardErrorNotices()
    notices.tell("What was recorded and published is in \(folder). Look at it with:")
    let store = "--store \(folder)/demo.busbar"
    notices.tell("  busbar query voltage,current,state_of_charge --buckets 20 \(store)")
    notices.tell("  busbar events \(store)")
    notices.tell("  busbar export \(store) demo.log.zst")
    if signalk == nil { notices.tell("  head -3 \(folder)/deltas.ndjson") }
  }
}
