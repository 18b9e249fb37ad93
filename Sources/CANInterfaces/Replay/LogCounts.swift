package import CANFrames

/// What was read of a log beside its frames.
package struct LogCounts: Sendable {
  /// The lines that were no frames, and what could not be unpacked.
  package var rejections: RejectionTally
  /// How many lines were read.
  package var lineCount: Int
  /// Whether dates without a zone were read, which are taken for the zone that was given.
  package var hasZonelessDates: Bool
}

extension FileSource {
  /// What was read so far.
  package var counts: LogCounts {
    LogCounts(rejections: rejections, lineCount: lineCount, hasZonelessDates: hasZonelessDates)
  }
}
