import CANFrames
import CANInterfaces
import Glibc
package import Logging
import Synchronization

/// Lines on standard error: with the time for a terminal, with a priority for the journal.
///
///     2026-11-23T02:00:00Z warning: source can0: the interface is down
///     <4>source can0: the interface is down
package struct GatewayLog: LogHandler {
  /// The least important level that is told; all loggers share it, so that it can be reloaded.
  private static let level = Mutex(Logger.Level.info)

  package var metadata: Logger.Metadata = [:]
  package var logLevel: Logger.Level {
    get { Self.level.withLock { $0 } }
    set { Self.level.withLock { $0 = newValue } }
  }

  private let isForJournal: Bool

  /// - Parameter environment: Says in `JOURNAL_STREAM` whether the journal reads standard error.
  package init(environment: [String: String]) {
    isForJournal = Self.isJournal(environment["JOURNAL_STREAM"])
  }

  package static func setLevel(_ level: Logger.Level) { Self.level.withLock { $0 = level } }

  package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  package func log(event: LogEvent) {
    let details = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
    let text = "\(event.message)" + details.map { " \($0.key)=\($0.value)" }.joined()
    StandardErrorNotices().tell(
      Self.line(
        text, event.level, time: SystemClock.realtime, isForJournal: isForJournal))
  }

  /// One line, whatever the text holds.
  static func line(
    _ text: String, _ level: Logger.Level, time: Int64, isForJournal: Bool
  ) -> String {
    let plain = String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
    return isForJournal
      ? "<\(level.priority)>\(plain)" : "\(UTCTime.text(time, .seconds)) \(level): \(plain)"
  }

  /// Whether standard error is the journal's: the variable names its device and inode.
  private static func isJournal(_ stream: String?) -> Bool {
    guard let stream else { return false }
    var status = stat()
    guard unsafe fstat(STDERR_FILENO, &status) == 0 else { return false }
    return stream == "\(status.st_dev):\(status.st_ino)"
  }
}

extension Logger.Level {
  /// The journal's number for it (syslog(3)).
  fileprivate var priority: Int {
    switch self {
    case .trace, .debug: 7
    case .info: 6
    case .notice: 5
    case .warning: 4
    case .error: 3
    case .critical: 2
    }
  }
}
