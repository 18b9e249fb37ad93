/// Cuts a stream of bytes into BLF objects, whatever pieces it arrives in.
///
/// Objects are found by their signature: what stands between two of them is padding, whose length
/// differs from writer to writer, or damage.
struct BLFObjectSplitter: Sendable {
  /// What was found.
  enum Event: Sendable {
    /// An object that matters, and where its bytes after the first head are.
    case object(BLFObject, RecordAssembler.Place)
    /// So many bytes before here are no object.
    case damage(Int)
  }

  private enum Awaited: Hashable, Sendable {
    case signature
    case head
    case content(BLFObject)
  }

  /// More bytes than this between objects are damage.
  private static let longestPadding = 8

  private(set) var records: RecordAssembler
  /// How many objects began.
  private(set) var count = 0
  private var awaited = Awaited.signature
  private var matched = 0
  private var strayCount = 0

  init(_ records: RecordAssembler = RecordAssembler()) { self.records = records }

  /// Whether the stream so far ends with a whole object, or padding.
  var isAtObjectEnd: Bool { awaited == .signature && records.isAtRecordEnd }

  /// Bytes at the end of the stream that are no object.
  var straysAtEnd: Int { strayCount > Self.longestPadding ? strayCount : 0 }

  /// The next event; `nil` if the chunk is used up.
  mutating func next(_ chunk: Span<UInt8>, _ position: inout Int) -> Event? {
    while true {
      switch awaited {
      case .signature:
        guard findSignature(chunk, &position) else { return nil }
        awaited = .head
        let strays = strayCount
        strayCount = 0
        if strays > Self.longestPadding { return .damage(strays) }
      case .head:
        let length = BLFObject.headLength - BLFObject.signature.count
        guard let place = records.next(length, chunk, &position) else { return nil }
        guard let object = readHead(place, chunk) else {
          awaited = .signature
          return .damage(BLFObject.headLength)
        }
        count += 1
        if object.kind == nil {
          awaited = .signature
          records.skip(object.length - BLFObject.headLength)
        } else {
          awaited = .content(object)
        }
      case .content(let object):
        let length = object.length - BLFObject.headLength
        guard let place = records.next(length, chunk, &position) else { return nil }
        awaited = .signature
        return .object(object, place)
      }
    }
  }

  private func readHead(_ place: RecordAssembler.Place, _ chunk: Span<UInt8>) -> BLFObject? {
    switch place {
    case .chunk(let range): return BLFObject(chunk.extracting(range))
    case .kept:
      let kept = records.kept
      return BLFObject(kept.span)
    }
  }

  /// Steps behind the next signature; the four letters differ, so one look at each byte will do.
  private mutating func findSignature(_ chunk: Span<UInt8>, _ position: inout Int) -> Bool {
    while let place = records.next(1, chunk, &position) {
      let byte =
        switch place {
        case .chunk(let range): chunk[range.lowerBound]
        case .kept: records.kept[0]
        }
      if byte == BLFObject.signature[matched] {
        matched += 1
        guard matched == BLFObject.signature.count else { continue }
        matched = 0
        return true
      }
      let isFirst = byte == BLFObject.signature[0]
      strayCount += matched + (isFirst ? 0 : 1)
      matched = isFirst ? 1 : 0
    }
    return false
  }
}
