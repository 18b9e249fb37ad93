import ArgumentParser
import BusbarApp
import FrameStore

/// `busbar follow`: the recording for another program, from where it stopped.
struct Follow: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Hands the recording on to another program, from where that stopped the last time.",
    discussion: """
      CONSUMER is a name of your choice; its place is kept in the recording. Records come in their \
      order, each once, across restarts and while recording goes on. (What was printed and not yet \
      marked when the power failed comes again: deal with the last lines twice, or use the \
      positions of the library.)

      Examples:
        busbar follow archive >> archive.log
        busbar follow dashboard --format json --wait | my-dashboard
        busbar follow dashboard --restart --format json

      Exit status: 0 done, 2 the command is wrong, 3 the disk failed.
      """)

  @Argument(help: "The consumer's name.")
  var consumer: String

  @OptionGroup var store: StoreOption
  @OptionGroup var dialect: DialectOption

  @Option(help: "How to write frames: candump, or json (decoded).")
  var format = FollowSession.Format.candump

  @Flag(help: "Wait for more at the end of the recording; Ctrl-C ends.")
  var wait = false

  @Flag(help: "Begin at the beginning again.")
  var restart = false

  func run() throws {
    let stop = try StopSignal.install()
    // It must exist: following nothing is a mistake.
    _ = try store.open(.reading)
    let store = try store.open(.writing)
    if restart { try store.setCursor("consumer \(consumer)", to: 0) }
    var session = FollowSession(
      store, consumer: consumer, format: format, choice: try dialect.choice(), staysOn: wait,
      notices: StandardErrorNotices(), stop: stop)
    _ = try session.run()
    try store.close()
  }
}

extension FollowSession.Format: ExpressibleByArgument {}
