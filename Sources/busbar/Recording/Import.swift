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
        busbar import --utc-offset 1 night.asc

      Exit status: 0 done, 1 a log held no frame with a date, 2 the command is wrong, 3 the \
      disk failed or it was interrupted.
      """)

  @Argument(help: ArgumentHelp("Logs.", valueName: "log"), completion: .file())
  var logs: [String]

  @OptionGroup var store: StoreOption
  @OptionGroup var log: LogOption
  @OptionGroup var precision: TimePrecisionOption

  func run() throws {
    let stop = try StopSignal.install()
    // A wrong name is found before the first log is read.
    for path in logs { _ = try log.source(path, stop: stop) }
    let store = try store.open(.writing)
    // On a second processor it costs an import nothing.
    let history = HistoryKeeper(path: store.path, every: 0.5)
    var isInterrupted = false
    defer { isInterrupted ? history.stop() : history.finish() }
    var isEmpty = false
    for (index, path) in logs.enumerated() {
      let outcome = try importLog(path, store, stop)
      isEmpty = isEmpty || outcome.counts.added + outcome.counts.known == 0
      isInterrupted = outcome.isInterrupted
      guard isInterrupted else { continue }
      try store.close()
      let rest = logs[(index + 1)...].joined(separator: ", ")
      throw CommandFailure(
        "\(path): interrupted; run it again and it goes on"
          + (rest.isEmpty ? "" : "; not begun: \(rest)"), .outsideFailed)
    }
    try store.close()
    if isEmpty { throw ExitCode(ExitStatus.checkFailed.rawValue) }
  }

  private func importLog(
    _ path: String, _ store: FrameStore, _ stop: CInt
  ) throws -> ImportSession.Outcome {
    let size = (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int
    let session = try ImportSession(
      try log.source(path, stop: stop), store, precision: precision.unit,
      progress: ProgressLine(path, total: size))
    let outcome = try session.run()
    log.tell(outcome.log, name: path)
    let counts = outcome.counts
    var line = "\(path): \(counts.added) frames added, \(counts.known) were there already"
    if counts.undated > 0 { line += ", \(counts.undated) without a date left out" }
    StandardErrorNotices().tell(line)
    return outcome
  }
}
