/// Writes a log of any format.
///
///     var writer = LogWriter(format: .asc)
///     writer.write(batch, buses: source.buses, to: &log)
///     writer.finish(to: &log)
///     writer.omissions[.errorDetails]
public struct LogWriter: LogWriting {
  public let format: LogFormat
  public var omissions: LogOmissions { writer.omissions }

  private var writer: any LogWriting

  /// Creates a writer.
  ///
  /// - Parameters:
  ///   - format: What is written.
  ///   - secondsEastOfUTC: The zone of dates in a format whose dates do not name one.
  ///   - hasNanoseconds: Whether a candump log gets nine decimals, as `candump -N` writes them,
  ///     which older tools misread; the other formats hold what they can.
  public init(format: LogFormat, secondsEastOfUTC: Int = 0, hasNanoseconds: Bool = false) {
    self.format = format
    writer = format.makeWriter(
      secondsEastOfUTC: secondsEastOfUTC, hasNanoseconds: hasNanoseconds)
  }

  public mutating func write(
    _ batch: borrowing FrameBatch, buses: BusNames, to log: inout [UInt8]
  ) {
    writer.write(batch, buses: buses, to: &log)
  }

  public mutating func finish(to log: inout [UInt8]) { writer.finish(to: &log) }
}
