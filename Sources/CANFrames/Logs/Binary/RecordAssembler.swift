/// Cuts a stream of bytes into records of known lengths, whatever pieces it arrives in.
///
/// A record that lies within a piece is not copied. What is kept of one that does not is never more
/// than the record, whose length the caller bounds.
///
///     while let place = records.next(16, chunk, &position) {
///       use(place)                   // chunk[place] or records.kept
///     }
struct RecordAssembler: Sendable {
  /// Where the bytes of a record are.
  enum Place: Hashable, Sendable {
    /// This part of the piece that was handed in.
    case chunk(Range<Int>)
    /// All of ``RecordAssembler/kept``.
    case kept
  }

  /// How many bytes of the stream were taken or skipped so far.
  private(set) var offset = 0
  /// The record whose place is ``Place/kept``, or what is there of the next one.
  private(set) var kept: [UInt8] = []
  private var isComplete = false
  private var bytesToSkip = 0

  /// Whether the stream so far ends with a whole record.
  var isAtRecordEnd: Bool { (kept.isEmpty || isComplete) && bytesToSkip == 0 }

  /// Steps over bytes, now and as they come.
  mutating func skip(_ count: Int) { bytesToSkip += count }

  /// The place of the next `count` bytes; `nil` if they are not all there yet.
  mutating func next(_ count: Int, _ chunk: Span<UInt8>, _ position: inout Int) -> Place? {
    if isComplete {
      isComplete = false
      kept.removeAll(keepingCapacity: true)
    }
    let skipped = min(bytesToSkip, chunk.count - position)
    position += skipped
    offset += skipped
    bytesToSkip -= skipped
    guard bytesToSkip == 0 else { return nil }
    let start = position
    if kept.isEmpty, count <= chunk.count - start {
      position += count
      offset += count
      return .chunk(start..<position)
    }
    position += min(count - kept.count, chunk.count - start)
    for index in start..<position { kept.append(chunk[index]) }
    offset += position - start
    isComplete = kept.count == count
    return isComplete ? .kept : nil
  }
}
