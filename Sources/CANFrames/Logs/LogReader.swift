/// Reads a log of any format, which it finds out from the first bytes unless it is told.
public struct LogReader: LogReading {
  private var reader: any LogReading
  private var head: [UInt8] = []
  private let secondsEastOfUTC: Int
  private let inflater: (any Inflating)?
  /// The format; `nil` as long as it is not known.
  public private(set) var format: LogFormat?

  public init(
    format: LogFormat? = nil, secondsEastOfUTC: Int = 0, inflater: (any Inflating)? = nil
  ) {
    self.secondsEastOfUTC = secondsEastOfUTC
    self.inflater = inflater
    self.format = format
    reader = CandumpReader(secondsEastOfUTC: secondsEastOfUTC)
    if let format { choose(format) }
  }

  public var buses: BusNames { reader.buses }
  public var rejections: RejectionTally { reader.rejections }
  public var lineCount: Int { reader.lineCount }
  public var frameCount: Int { reader.frameCount }
  public var hasZonelessDates: Bool { reader.hasZonelessDates }

  public mutating func read(_ chunk: Span<UInt8>, into batch: inout FrameBatch) {
    guard format == nil else { return reader.read(chunk, into: &batch) }
    for index in chunk.indices { head.append(chunk[index]) }
    guard head.count >= BinaryLogs.signatureLength else { return }
    decide(into: &batch)
  }

  public mutating func finish(into batch: inout FrameBatch) {
    if format == nil { decide(into: &batch) }
    reader.finish(into: &batch)
  }

  private mutating func decide(into batch: inout FrameBatch) {
    choose(BinaryLogs.format(ofSignature: head.span) ?? .candump)
    let bytes = head
    head = []
    reader.read(bytes.span, into: &batch)
  }

  private mutating func choose(_ format: LogFormat) {
    self.format = format
    reader =
      BinaryLogs.reader(of: format, secondsEastOfUTC: secondsEastOfUTC, inflater: inflater)
      ?? CandumpReader(secondsEastOfUTC: secondsEastOfUTC)
  }
}
