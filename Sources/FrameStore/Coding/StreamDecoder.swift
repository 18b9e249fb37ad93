/// Reads what ``StreamEncoder`` wrote.
struct StreamDecoder {
  /// Of the stream's frames: in the block's unit, after the block's base.
  private(set) var times: [Int64] = []
  private(set) var payloads: [UInt64] = []

  /// Reads one stream.
  ///
  /// - Parameters:
  ///   - reader: At the stream's head; behind its columns when this returns.
  ///   - bytes: What `reader` reads.
  ///   - count: How many frames the stream has.
  ///   - length: How many bytes each payload has.
  /// - Throws: If the columns are none, or end too early.
  mutating func read(
    _ reader: inout ByteReader, _ bytes: [UInt8], count: Int, length: Int
  ) throws(BlockError) {
    let first = try reader.signed()
    let period = try reader.count(atMost: Int(TimePredictor.longestSpan) << 9, "units of a period")
    let smoothing = try reader.byte()
    let width = Int(try reader.byte())
    guard smoothing <= TimePredictor.largestSmoothing, width <= 8 else {
      throw .malformed("a stream's head is none")
    }
    var modes: [ColumnMode] = []
    for _ in 0..<length {
      guard let mode = ColumnMode(rawValue: try reader.byte()) else {
        throw .malformed("a column has no mode")
      }
      modes.append(mode)
    }
    var payload: UInt64 = 0
    for index in 0..<length { payload |= UInt64(try reader.byte()) << (8 * UInt64(index)) }
    let check = modes.firstIndex(of: .checksum)
    let map = try check.map { _ throws(BlockError) in
      ChecksumMap(Array(bytes[try reader.skip(ChecksumMap.count)]))
    }
    try readTimes(&reader, bytes, count, width, first, Int64(period), smoothing)
    payloads.removeAll(keepingCapacity: true)
    payloads.append(contentsOf: repeatElement(payload, count: count))
    for (index, mode) in modes.enumerated() where mode == .difference {
      readColumn(bytes, try reader.skip(count - 1), UInt64(8 * index))
    }
    if let check, let map { computeChecksums(map, UInt64(8 * check)) }
  }

  private mutating func readTimes(
    _ reader: inout ByteReader, _ bytes: [UInt8], _ count: Int, _ width: Int, _ first: Int64,
    _ period: Int64, _ smoothing: UInt8
  ) throws(BlockError) {
    let planes = bytes.span.extracting(try reader.skip(width * (count - 1)))
    times.removeAll(keepingCapacity: true)
    times.append(addingCapacity: count) { output in
      var predictor = TimePredictor(.init(period: period, smoothing: smoothing))
      output.append(first)
      for index in 0..<count - 1 {
        var folded: UInt64 = 0
        for plane in 0..<width {
          folded |= UInt64(planes[plane &* (count - 1) &+ index]) << UInt64(8 &* plane)
        }
        let residual = ByteReader.unfolded(folded)
        output.append(first &+ predictor.expected &+ residual)
        predictor.advance(residual)
      }
    }
  }

  /// Adds the differences of one payload byte up.
  private mutating func readColumn(_ bytes: [UInt8], _ range: Range<Int>, _ shift: UInt64) {
    let column = bytes.span.extracting(range)
    var payloads = payloads.mutableSpan
    var byte = UInt8(truncatingIfNeeded: payloads[0] >> shift)
    let others: UInt64 = ~(0xFF << shift)
    for index in column.indices {
      byte &+= column[index]
      payloads[index + 1] = payloads[index + 1] & others | UInt64(byte) << shift
    }
  }

  private mutating func computeChecksums(_ map: ChecksumMap, _ shift: UInt64) {
    var payloads = payloads.mutableSpan
    let others: UInt64 = ~(0xFF << shift)
    for index in payloads.indices {
      let byte = map.checksum(payloads[index], shift)
      payloads[index] = payloads[index] & others | UInt64(byte) << shift
    }
  }
}
