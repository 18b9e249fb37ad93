package import Logging

/// Keeps the lines of a log, with their metadata.
package struct LogLines: LogHandler {
  /// Level, message and sorted metadata, such as `notice: Connected version=2`.
  package let lines = Watched<[String]>([])
  package var metadata: Logger.Metadata = [:]
  package var logLevel = Logger.Level.info

  /// A log without lines.
  package init() {}

  package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  package func log(event: LogEvent) {
    let details = (event.metadata ?? [:]).sorted { $0.key < $1.key }
    let line =
      "\(event.level): \(event.message)" + details.map { " \($0.key)=\($0.value)" }.joined()
    lines.change { $0.append(line) }
  }
}
