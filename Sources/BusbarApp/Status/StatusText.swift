/// A gateway's report for people.
package enum StatusText {
  /// Two lines for each part.
  ///
  ///     gateway 812, since 2026-11-23T02:00:00Z
  ///     source       can0                  house  working since 2026-11-23T02:00:03Z: dialect rec
  ///                  1044 frames, 0 lost, the last 0.1 s ago
  package static func text(_ report: StatusReport) -> String {
    var lines = ["gateway \(report.process), since \(report.since)"]
    let nameWidth = report.parts.map(\.name.count).max() ?? 0
    let batteryWidth = report.parts.map(\.battery.count).max() ?? 0
    for part in report.parts {
      let detail = part.detail.map { ": \($0)" } ?? ""
      lines.append(
        "\(padded(part.kind.rawValue, 11))  \(padded(part.name, nameWidth))  "
          + "\(padded(part.battery, batteryWidth))  \(part.state.rawValue) since \(part.since)\(detail)"
      )
      lines.append("\(padded("", 11))  \(counts(of: part))")
      if let publication = publication(of: part) {
        lines.append("\(padded("", 11))  \(publication)")
      }
      if let error = part.lastError, part.state != .failing, let time = part.lastErrorTime {
        lines.append("\(padded("", 11))  last trouble \(time): \(error)")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func counts(of part: StatusReport.Part) -> String {
    let what =
      part.kind == .source
      ? "\(part.count) frames, \(part.lost) lost" : "\(part.count) updates taken"
    return what + (part.lagSeconds.map { ", the last \($0) s ago" } ?? "")
  }

  /// What a destination with a server has sent; `nil` for other parts.
  private static func publication(of part: StatusReport.Part) -> String? {
    guard let sent = part.sent else { return nil }
    var text = "\(sent) deltas sent"
    if let seconds = part.lastSentSeconds { text += ", the last \(seconds) s ago" }
    if let connections = part.connections { text += "; connections: \(connections)" }
    if let since = part.connectedSince { text += ", this one since \(since)" }
    switch part.mayWrite {
    case true?: text += "; may write"
    case false?: text += "; MAY NOT WRITE"
    case nil: break
    }
    if let missed = part.missed, missed > 0 { text += "; \(missed) updates missed" }
    return text
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}
