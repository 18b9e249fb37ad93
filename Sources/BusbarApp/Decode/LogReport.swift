package import CANFrames

/// What a log's reader has to say at the end, line by line for people.
package enum LogReport {
  /// One line for each reason why lines were no frames, in the form compilers use.
  ///
  ///     paste.txt:3:7: expected two hex digits for each byte: 'can0 351 [2] 1F 0G' (4 lines)
  ///     night.pcap: record 3 at byte 104: a CAN FD frame; only classic CAN is decoded: '00 ...'
  package static func lines(_ rejections: RejectionTally, name: String) -> [String] {
    rejections.entries.map { entry in
      let excerpt = entry.excerpt.isEmpty ? "" : ": '\(entry.excerpt)'"
      if let offset = entry.offset {
        let count = entry.count == 1 ? "" : " (\(entry.count) records)"
        return "\(name): record \(entry.line) at byte \(offset): \(entry.reason.rawValue)"
          + "\(excerpt)\(count)"
      }
      let count = entry.count == 1 ? "" : " (\(entry.count) lines)"
      return "\(name):\(entry.line):\(entry.column): \(entry.reason.rawValue)\(excerpt)\(count)"
    }
  }

  /// What to say of a log without a single frame.
  package static func empty(name: String, lineCount: Int) -> String {
    lineCount == 0
      ? "\(name): no frames: it is empty, or ends before its first"
      : "\(name): no frames in \(lineCount) line\(lineCount == 1 ? "" : "s"); "
        + "expected a log of candump, Vector (ASC, BLF), PEAK (TRC), SavvyCAN, python-can, Cabana "
        + "or Wireshark"
  }

  /// What to say of dates that name no zone.
  package static func zonelessDates(name: String, secondsEastOfUTC: Int) -> String {
    let minutes = abs(secondsEastOfUTC) / 60
    let clock = [minutes / 60, minutes % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
    let zone =
      secondsEastOfUTC == 0
      ? "UTC" : "UTC\(secondsEastOfUTC < 0 ? "-" : "+")\(clock.joined(separator: ":"))"
    return "\(name): its dates name no zone and are taken as \(zone); --utc-offset sets another"
  }
}
