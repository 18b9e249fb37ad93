import CANInterfaces
import Logging

/// Hears what a publisher logs, keeps the board by it, and passes on what is news.
///
/// A publisher says in its log alone whether it works: a warning is trouble, a notice is that it
/// works. Trouble that lasts is told once, however often the publisher tells it.
struct PartLogHandler: LogHandler {
  var metadata: Logger.Metadata = [:]
  var logLevel = Logger.Level.debug
  let reporter: PartReporter
  let logger: Logger
  let title: String

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let details = event.metadata ?? [:]
    switch event.level {
    case .warning, .error, .critical:
      // The reason alone says whether it is another trouble; the rest are counters.
      let detail = details["reason"].map { "\($0)" } ?? "\(event.message)"
      guard reporter.became(.failing, detail) else { return }
      logger.log(level: event.level, "\(title): \(detail)")
    case .notice:
      let before = reporter.status
      guard reporter.became(.working, words(event, details)) else { return }
      var line = "\(title): \(words(event, details))"
      if let before, before.state == .failing {
        line += "; recovered after \(Words.duration(SystemClock.realtime - before.since))"
      }
      logger.notice("\(line)")
    default: logger.log(level: event.level, "\(title): \(words(event, details))")
    }
  }

  private func words(_ event: LogEvent, _ details: Logger.Metadata) -> String {
    "\(event.message)"
      + details.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
  }
}
