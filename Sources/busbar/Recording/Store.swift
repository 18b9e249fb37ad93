import ArgumentParser
import BusbarApp
import FrameStore

/// `busbar store`: what is in a recording and whether it is whole.
struct Store: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Says what is in a recording, and proves what is complete.",
    discussion: """
      Examples:
        busbar store info
        busbar store verify --store house.busbar
      """,
    subcommands: [Info.self, Verify.self])

  /// `busbar store info`.
  struct Info: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Span, frames, size, growth, and how long the disk will last.",
      discussion: """
        Examples:
          busbar store info
          busbar store info --store house.busbar
        """)

    @OptionGroup var store: StoreOption

    func run() throws {
      let opened = try store.open(.reading)
      let info = try opened.info()
      try? CommandOutput.write(StoreText.info(info, path: store.path))
    }
  }

  /// `busbar store verify`.
  struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Reads everything, checks every block, and lists every gap with its cause.",
      discussion: """
        Examples:
          busbar store verify --store house.busbar

        Exit status: 0 everything is as it was written (gaps with a known cause are no fault), \
        1 something is damaged or missing, 2 the command is wrong, 3 the disk failed.
        """)

    @OptionGroup var store: StoreOption

    func run() throws {
      let opened = try store.open(.reading)
      let stop = try StopSignal.install()
      let progress = ProgressLine("verify", total: try opened.info().frameCount)
      let found = try StoreVerifier(opened).run { count in
        progress.show(count, "\(count) frames")
        return !StopSignal.isRaised(stop)
      }
      progress.end()
      if StopSignal.isRaised(stop) {
        throw CommandFailure("interrupted after \(found.frameCount) frames", .outsideFailed)
      }
      try CommandOutput.write(StoreText.verification(found, path: store.path))
      if !found.isIntact { throw ExitCode(ExitStatus.checkFailed.rawValue) }
    }
  }
}
