package import CANFrames

/// What was read of a log beside its frames.
package struct LogCounts: Sendable {
  /// The lines that were no frames, and what could not be unpacked.
  package var rejections = RejectionTally()
  /// How many lines were read.
  package var lineCount = 0
  /// Whether dates without a zone were read, which are taken for the zone that was given.
  package var hasZonelessDates = false

  package init() {}
}

extension FileSource {
  /// What was read so far.
  package var counts: LogCounts {
    var counts = LogCounts()
    counts.rejections = rejections
    counts.lineCount = lineCount
    counts.hasZonelessDates = hasZonelessDates
    return counts
  }
}
