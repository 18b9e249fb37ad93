/// Turns the bytes of one log format into frames.
///
/// Bytes are handed in as they come, in pieces of any size, and memory stays bounded whatever they
/// hold. What is no frame is counted with its reason in ``rejections`` and never stops the rest.
public protocol LogReading: Sendable {
  /// The names of the buses in the log so far, by the index that frames carry.
  var buses: BusNames { get }
  /// The lines, or in a binary format the records, that were no frames.
  var rejections: RejectionTally { get }
  /// How many lines were read, counting empty ones and comments; in a binary format, records.
  var lineCount: Int { get }
  /// How many frames were read.
  var frameCount: Int { get }
  /// Whether dates without a zone were read, which are taken for the zone that was given.
  var hasZonelessDates: Bool { get }

  /// Reads a piece of the log and appends the frames and events that it completes.
  mutating func read(_ chunk: Span<UInt8>, into batch: inout FrameBatch)
  /// Reads what is left after the last piece; call once, at the end of the log.
  mutating func finish(into batch: inout FrameBatch)
}
