/// Turns frames into the bytes of one log format.
///
///     var log: [UInt8] = []
///     writer.write(batch, buses: source.buses, to: &log)   // as often as there is something
///     writer.finish(to: &log)                              // once, also if there was nothing
///
/// The head of the file is written with the first frame or by `finish`. What the format cannot hold
/// is left out and counted in ``omissions``.
public protocol LogWriting: Sendable {
  /// What could not be written so far.
  var omissions: LogOmissions { get }
  /// Appends frames and events to `log`.
  ///
  /// - Parameters:
  ///   - batch: The frames, with the events between them.
  ///   - buses: The names behind the indices that frames carry.
  ///   - log: Where the bytes go, after what it already holds.
  mutating func write(_ batch: borrowing FrameBatch, buses: BusNames, to log: inout [UInt8])
  /// Appends what ends the file; call once.
  mutating func finish(to log: inout [UInt8])
}
