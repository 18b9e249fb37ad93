import Logging

/// Writes what a publisher logs under its destination's name.
///
/// A publisher tells each change once, so that everything is passed on.
struct PartLogHandler: LogHandler {
  var metadata: Logger.Metadata = [:]
  var logLevel = Logger.Level.debug
  let logger: Logger
  let title: String

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let details = event.metadata ?? [:]
    // A reason says all by itself; what stands beside it are counters.
    if let reason = details["reason"], event.level >= .warning {
      logger.log(level: event.level, "\(title): \(reason)")
      return
    }
    let words = details.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
    logger.log(level: event.level, "\(title): \(event.message)\(words)")
  }
}
