import BusbarTestSupport
import Foundation

/// A publisher that lives for long beside a stand-in server, and what it needs of the machine.
///
///     $ signalk-soak reconnections 10000
///     $ signalk-soak hours 24
///
/// A program of its own: a test's process is no measure, since Swift Testing keeps the backtrace of
/// every error that is thrown in it, and a server's memory must not be counted either.
@main
enum SoakProgram {
  static func main() async throws {
    let words = CommandLine.arguments.dropFirst()
    guard words.count == 2, let kind = words.first, let count = words.last.flatMap({ Int($0) }),
      count > 0, ["reconnections", "hours"].contains(kind)
    else {
      FileHandle.standardError.write(Data("usage: signalk-soak reconnections|hours COUNT\n".utf8))
      exit(2)
    }
    let soak = try Soak(StandInProcess())
    let figures =
      kind == "hours"
      ? try await soak.publish(hours: count) : try await soak.reconnect(times: count)
    FileHandle.standardOutput.write(try JSONEncoder().encode(figures) + Data("\n".utf8))
  }
}
