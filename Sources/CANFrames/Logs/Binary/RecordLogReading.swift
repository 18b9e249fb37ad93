/// A binary log that is read record by record, each of a length that is known before it comes.
///
/// What ``PcapReader`` and ``PcapngReader`` have in common. Times in such logs count from 1970.
protocol RecordLogReading: LogReading {
  var records: RecordAssembler { get set }
  var rejections: RejectionTally { get set }
  /// How many bytes are read next; `nil` once what follows cannot be understood.
  var awaitedLength: Int? { get }
  /// How many bytes of the record that is awaited were read, and counted, as its head.
  var headLength: Int { get }

  /// Reads as many bytes as were awaited.
  mutating func step(_ bytes: Span<UInt8>, into batch: inout FrameBatch)
}

extension RecordLogReading {
  var hasZonelessDates: Bool { false }

  mutating func read(_ chunk: Span<UInt8>, into batch: inout FrameBatch) {
    var position = 0
    while let length = awaitedLength, let place = records.next(length, chunk, &position) {
      switch place {
      case .chunk(let range): step(chunk.extracting(range), into: &batch)
      case .kept:
        let kept = records.kept
        step(kept.span, into: &batch)
      }
    }
  }

  mutating func finish(into batch: inout FrameBatch) {
    // A file may end after a whole record, and nowhere else.
    guard awaitedLength != nil, headLength > 0 || !records.isAtRecordEnd else { return }
    let kept = records.kept
    rejections.add(
      .fileCut, record: headLength > 0 ? lineCount : lineCount + 1,
      offset: records.offset - kept.count - headLength, bytes: kept.span)
  }
}
