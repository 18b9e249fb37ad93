import ArgumentParser
import BusbarApp
import Foundation

/// The command `busbar` and its subcommands.
@main
struct Busbar: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "busbar",
    abstract: "Reads what a battery says on its CAN bus.",
    discussion: """
      Busbar listens to a battery-management system (BMS) that speaks the Victron, SMA or \
      Pylontech protocols, decodes it, and publishes it. It never sends anything on the bus, \
      but for 'busbar simulate --transmit'.

      Examples:
        busbar decode can0                    a live bus, a row for each round
        busbar decode capture.log             a log, of whatever format
        busbar decode - < pasted.txt          lines copied from a terminal or a forum
        busbar monitor can0                   the same live on one screen
        busbar decode 'sim:rec-q?speed=60'    a simulated battery, 60 times as fast
        busbar run --source can0 --signalk ws://localhost:3000

      Exit status: 0 done, 1 the data failed a check that was asked for, 2 the command or a \
      file is wrong, 3 the outside failed (bus, disk, server).
      """,
    version: "0.1.0",
    subcommands: [
      Decode.self, Monitor.self, Identify.self, Run.self, Status.self, Config.self, Record.self,
      Query.self, Events.self, Follow.self,
      Import.self, Export.self, Store.self, Convert.self, Simulate.self, Demo.self,
      Dialects.self,
    ])

  /// Runs the command line; every failure ends in one line on standard error and its exit status.
  static func main() async {
    StopSignal.prepare()
    do {
      var command = try parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch {
      end(after: error)
    }
  }

  private static func end(after error: any Error) -> Never {
    if CommandFailure.isReaderGone(error) { Foundation.exit(ExitStatus.done.rawValue) }
    if let failure = CommandFailure(error) {
      for line in failure.lines { StandardErrorNotices().tell("busbar: \(line)") }
      Foundation.exit(failure.status.rawValue)
    }
    if let code = error as? ExitCode { Foundation.exit(code.rawValue) }
    // Help and versions are asked for; everything else here is a wrong command line.
    let status = exitCode(for: error).isSuccess ? ExitStatus.done : .wrongCommand
    print(error, isHelp: status == .done)
    Foundation.exit(status.rawValue)
  }

  private static func print(_ error: any Error, isHelp: Bool) {
    let text = fullMessage(for: error)
    if isHelp {
      Swift.print(text)
    } else {
      StandardErrorNotices().tell(text)
    }
  }
}
