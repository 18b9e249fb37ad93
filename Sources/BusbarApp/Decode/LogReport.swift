package import CANFrames

/// What a log's reader has to say at the end, line by line for people.
package enum LogReport {
  /// One line for each reason why lines were no frames, in the form compilers use.
  ///
  ///     paste.txt:3:7: expected two hex digits for each byte: 'can0 351 [2] 1F 0G' (4 lines)
  package static func lines(_ rejections: RejectionTally, name: String) -> [String] {
    rejections.entries.map { entry in
      let excerpt = entry.excerpt.isEmpty ? "" : ": '\(entry.excerpt)'"
      let count = entry.count == 1 ? "" : " (\(entry.count) lines)"
      return "\(name):\(entry.line):\(entry.column): \(entry.reason.rawValue)\(excerpt)\(count)"
    }
  }

  /// What to say of a log without a single frame.
  package static func empty(name: String, lineCount: Int) -> String {
    lineCount == 0
      ? "\(name): no frames: it is empty"
      : "\(name): no frames in \(lineCount) line\(lineCount == 1 ? "" : "s"); "
        + "expected what candump prints, or its logs (candump -l)"
  }
}
