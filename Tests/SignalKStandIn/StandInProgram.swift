import BusbarTestSupport
import Foundation

/// The stand-in for a Signal K server as a program of its own, so that what it needs of the machine
/// is not counted as its client's.
///
///     $ signalk-stand-in
///     ws://127.0.0.1:41234
///
/// It prints its address, obeys the words on standard input (`reset`, `close`, `hangup`), answers
/// each with `done`, and ends with the input.
@main
enum StandInProgram {
  static func main() async throws {
    var settings = StandInSignalKSettings()
    settings.isForgetful = true
    let server = try await StandInSignalKServer.start(settings)
    say(server.url)
    while let word = readLine() {
      switch word {
      case "reset": try await server.resetConnections()
      case "close": server.closeSockets(code: 1001, reason: "asked to")
      case "hangup": server.hangUp()
      default: say("no such word: \(word)")
      }
      say("done")
    }
    await server.stop()
  }

  private static func say(_ words: String) {
    FileHandle.standardOutput.write(Data("\(words)\n".utf8))
  }
}
