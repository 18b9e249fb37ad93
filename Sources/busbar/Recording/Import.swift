import ArgumentParser
import BusbarApp
import CANInterfaces
import Foundation
import FrameStore

/// `busbar import`: logs into the recording.
struct Import: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Brings logs into the recording.",
    discussion: """
      Frames that are in the recording already are passed over, so the same log twice adds nothing, \
      logs may overlap, and an import that was interrupted goes on when it is run again. Frames \
      without a date cannot be placed, and are counted.

      Examples:
        busbar import candump-2026-11-22.log --store house.busbar
        busbar import logs/*.log

      Exit status: 0 done, 1 a log held no frame with a date, 2 the command is wrong, 3 the disk failed.
      """)

  @Argument(help: ArgumentHelp("Logs.", valueName: "log"), completion: .file())
  var logs: [String]

  @OptionGroup var store: StoreOption
  @OptionGroup var precision: TimePrecisionOption

  func run() throws {
    let stop = try StopSignal.install()
    // A wrong name is found before the first log is read.
    for log in logs { _ = try FileSource(log) }
    let store = try store.open(.writing)
    // On a second processor it costs an import nothing.
    let history = HistoryKeeper(path: store.path, every: 0.5)
    var isInterrupted = false
    defer { isInterrupted ? history.stop() : history.finish() }
    var isEmpty = false
    for log in logs {
      let outcome = try importLog(log, store, stop)
      isEmpty = isEmpty || outcome.counts.added + outcome.counts.known == 0
      isInterrupted = outcome.isInterrupted
      if isInterrupted {
        StandardErrorNotices().tell("\(log): interrupted; run it again and it goes on")
        break
      }
    }
    try store.close()
    if isEmpty { throw ExitCode(ExitStatus.checkFailed.rawValue) }
  }

  private func importLog(
    _ log: String, _ store: FrameStore, _ stop: CInt
  ) throws -> ImportSession.Outcome {
    let size = (try? FileManager.default.attributesOfItem(atPath: log))?[.size] as? Int
    let session = try ImportSession(
      try FileSource(log, stop: stop), store, precision: precision.unit,
      progress: ProgressLine(log, total: size))
    let outcome = try session.run()
    let notices = StandardErrorNotices()
    for line in LogReport.lines(outcome.rejections, name: log) { notices.tell(line) }
    let counts = outcome.counts
    var line = "\(log): \(counts.added) frames added, \(counts.known) were there already"
    if counts.undated > 0 { line += ", \(counts.undated) without a date left out" }
    notices.tell(line)
    return outcome
  }
}
