import ArgumentParser
import BusbarApp
import CANInterfaces
import Foundation

/// `busbar monitor`: the live view.
struct Monitor: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows a battery and its bus live in the terminal.",
    discussion: """
      The battery at the top, then alarms, then every identifier with its period, count, last \
      payload and meaning, then the bus. Keys: q quits, p pauses, / filters, d shows one message \
      with its bits, ? explains the rest. Nothing is ever sent on a bus.

      SOURCE is a CAN interface (can0), a log file, which is replayed as it was recorded, or '-' \
      for standard input. Without a terminal to draw on (a pipe, TERM=dumb) it prints a line \
      when something changes, at most once a second. NO_COLOR=1 does without colours.

      Examples:
        busbar monitor can0
        busbar monitor --speed 10 capture.log
        ssh pi candump -L can0 | busbar monitor -
        busbar monitor can0 | tee battery.txt
      """)

  @Argument(help: "A CAN interface, a log file, or '-'.", completion: .file())
  var source: String

  @OptionGroup var dialect: DialectOption
  @OptionGroup var log: LogOption

  @Option(
    help: ArgumentHelp(
      "How fast to replay a log: 1 as recorded, N times as fast, or max.", valueName: "1|N|max"))
  var speed = ReplaySpeed.asRecorded

  func run() throws {
    let choice = try dialect.choice()
    let source = try MonitorSource(
      self.source, speed: speed, inputFormat: log.inputFormat,
      secondsEastOfUTC: log.secondsEastOfUTC)
    if source.isStandardInput, isatty(STDIN_FILENO) == 1 {
      throw CommandFailure(
        "standard input is a terminal, and its keys steer the monitor; "
          + "pipe frames into it: candump -L can0 | busbar monitor -", .wrongCommand)
    }
    let model = MonitorModel(choice, name: self.source, bitRate: source.bitRate)
    try MonitorSession(source, model, environment: ProcessInfo.processInfo.environment).run()
  }
}
