/// Reads a log of any format, which it finds out from what the log begins with.
///
///     var reader = LogReader()
///     reader.read(piece.span, into: &batch)   // as often as there is something
///     reader.finish(into: &batch)             // once
///     reader.format                           // .asc
///
/// Until the format is known, at most 64 KiB are kept; a log of frames is known by its first line.
public struct LogReader: LogReading {
  /// The format, or `nil` while too little of the log was read to know it.
  public private(set) var format: LogFormat?
  public var buses: BusNames { reader?.buses ?? BusNames() }
  public var rejections: RejectionTally { reader?.rejections ?? RejectionTally() }
  public var lineCount: Int { reader?.lineCount ?? 0 }
  public var frameCount: Int { reader?.frameCount ?? 0 }
  public var hasZonelessDates: Bool { reader?.hasZonelessDates ?? false }

  /// Whether it is in UTF-16, so that only a reader that saw its beginning understands the rest.
  public var isUTF16: Bool { utf16 != nil }

  private let secondsEastOfUTC: Int
  private let inflater: (any Inflating)?
  private var reader: (any LogReading)?
  private var detector = LogFormatDetector()
  private var head: [UInt8] = []
  /// The log's first bytes, until there are enough to tell its encoding; `nil` afterwards.
  private var start: [UInt8]? = []
  private var utf16: UTF16Text?
  private var converted: [UInt8] = []

  /// Creates a reader.
  ///
  /// - Parameters:
  ///   - format: The format, if it is known; else it is found out.
  ///   - secondsEastOfUTC: The zone of dates in the log that do not name one.
  ///   - inflater: Unpacks what a format keeps compressed inside; without it that is rejected.
  public init(
    format: LogFormat? = nil, secondsEastOfUTC: Int = 0, inflater: (any Inflating)? = nil
  ) {
    self.secondsEastOfUTC = secondsEastOfUTC
    self.inflater = inflater
    if let format { use(format) }
  }

  public mutating func read(_ chunk: Span<UInt8>, into batch: inout FrameBatch) {
    guard var start else { return readKnown(chunk, into: &batch) }
    guard chunk.count < UTF16Text.markLength || !start.isEmpty else {
      self.start = nil
      utf16 = UTF16Text(chunk)
      return readKnown(chunk, into: &batch)
    }
    for index in chunk.indices { start.append(chunk[index]) }
    self.start = start.count < UTF16Text.markLength ? start : nil
    guard self.start == nil else { return }
    utf16 = UTF16Text(start.span)
    readKnown(start.span, into: &batch)
  }

  /// Reads a piece of a log whose encoding is known.
  private mutating func readKnown(_ chunk: Span<UInt8>, into batch: inout FrameBatch) {
    guard utf16 != nil else { return readText(chunk, into: &batch) }
    // Moved out, so that reading from it is not reading from `self`.
    var text: [UInt8] = []
    swap(&text, &converted)
    text.removeAll(keepingCapacity: true)
    utf16?.convert(chunk, to: &text)
    readText(text.span, into: &batch)
    swap(&text, &converted)
  }

  private mutating func readText(_ chunk: Span<UInt8>, into batch: inout FrameBatch) {
    if reader == nil {
      guard head.isEmpty else {
        append(chunk)
        detect(isWhole: false, into: &batch)
        return
      }
      guard let format = detector.format(of: chunk, isWhole: false) else {
        append(chunk)
        return
      }
      use(format)
    }
    reader?.read(chunk, into: &batch)
  }

  public mutating func finish(into batch: inout FrameBatch) {
    if let rest = start, !rest.isEmpty { readText(rest.span, into: &batch) }
    start = nil
    if reader == nil { detect(isWhole: true, into: &batch) }
    reader?.finish(into: &batch)
  }

  private mutating func append(_ chunk: Span<UInt8>) {
    head.reserveCapacity(head.count + chunk.count)
    for index in chunk.indices { head.append(chunk[index]) }
  }

  private mutating func detect(isWhole: Bool, into batch: inout FrameBatch) {
    let kept = head
    guard let format = detector.format(of: kept.span, isWhole: isWhole) else { return }
    use(format)
    head = []
    reader?.read(kept.span, into: &batch)
  }

  private mutating func use(_ format: LogFormat) {
    self.format = format
    reader = format.makeReader(secondsEastOfUTC: secondsEastOfUTC, inflater: inflater)
  }
}
