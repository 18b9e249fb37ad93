/// Writes one stream's frames as columns.
///
/// | Field | How |
/// | --- | --- |
/// | first | a signed varint: the first frame's time after the block's base, in the unit |
/// | period, smoothing | a varint in 1/256 unit, a byte: ``TimePredictor/Settings`` |
/// | width | a byte: how many bytes a residual has, 0...8 |
/// | modes | a byte for each payload byte: ``ColumnMode`` |
/// | payload | the first frame's payload bytes |
/// | map | if a byte's mode is ``ColumnMode/checksum``: 64 bytes, ``ChecksumMap`` |
/// | residuals | folded numbers in `width` planes: all lowest bytes first |
/// | columns | for each payload byte whose mode is ``ColumnMode/difference``, all its bytes |
///
/// The first frame is whole in the head; residuals and columns have one less each.
struct StreamEncoder {
  private(set) var writer = ByteWriter()
  /// Where a plane of bytes begins whose distribution is its own.
  private(set) var cuts: [Int] = []
  private var residuals: [Int64] = []
  private var differences: [UInt64] = []

  /// Planes that are shorter than this share codes with what is before them.
  private static let shortestCut = 192
  /// A checksum's map is 64 bytes long; what it saves is one byte a frame.
  private static let fewestForChecksum = 256

  mutating func removeAll() {
    writer.removeAll()
    cuts.removeAll(keepingCapacity: true)
  }

  /// Appends a stream.
  ///
  /// - Parameters:
  ///   - times: In the block's unit, after the block's base.
  ///   - payloads: Of the same frames.
  ///   - length: How many bytes each payload has.
  mutating func append(times: Span<Int64>, payloads: Span<UInt64>, length: Int) {
    let first = times[0]
    writer.append(signed: first)
    var offsets: [Int64] = []
    offsets.append(addingCapacity: times.count) { output in
      for index in times.indices { output.append(times[index] - first) }
    }
    let settings = TimePredictor.best(for: offsets.span, residuals: &residuals)
    writer.append(varint: UInt64(settings.period))
    writer.append(settings.smoothing)
    var all: UInt64 = 0
    for residual in residuals { all |= ByteWriter.folded(residual) }
    let width = (71 - all.leadingZeroBitCount) / 8
    writer.append(UInt8(width))
    let (modes, checksum) = modes(payloads, length)
    for mode in modes { writer.append(mode.rawValue) }
    for index in 0..<length {
      writer.append(UInt8(truncatingIfNeeded: payloads[0] >> (8 * UInt64(index))))
    }
    for byte in checksum?.map ?? [] { writer.append(byte) }
    for plane in 0..<width {
      cut()
      let shift = UInt64(8 * plane)
      writer.append(atMost: residuals.count) { output in
        for residual in residuals {
          output.append(UInt8(truncatingIfNeeded: ByteWriter.folded(residual) >> shift))
        }
      }
    }
    for (index, mode) in modes.enumerated() where mode == .difference {
      appendColumn(payloads, UInt64(8 * index))
    }
    cut()
  }

  private mutating func cut() {
    guard residuals.count >= Self.shortestCut else { return }
    cuts.append(writer.bytes.count)
  }

  /// How to store each payload byte, and the map of the one that is a checksum, if there is one.
  private func modes(_ payloads: Span<UInt64>, _ length: Int) -> ([ColumnMode], ChecksumMap?) {
    var changed: UInt64 = 0
    for index in payloads.indices { changed |= payloads[index] ^ payloads[0] }
    var modes = (0..<length).map { index -> ColumnMode in
      changed >> (8 * UInt64(index)) & 0xFF == 0 ? .constant : .difference
    }
    guard payloads.count >= Self.fewestForChecksum else { return (modes, nil) }
    for index in modes.indices.reversed() where modes[index] == .difference {
      let shift = UInt64(8 * index)
      guard Self.isRestless(payloads, shift), let map = ChecksumMap(of: payloads, shift) else {
        continue
      }
      modes[index] = .checksum
      return (modes, map)
    }
    return (modes, nil)
  }

  /// Whether a byte changes nearly every time, as a checksum does, so that storing it costs a byte.
  private static func isRestless(_ payloads: Span<UInt64>, _ shift: UInt64) -> Bool {
    var count = 0
    for index in 1..<payloads.count
    where (payloads[index] ^ payloads[index - 1]) >> shift & 0xFF != 0 {
      count += 1
    }
    return count > payloads.count / 2
  }

  private mutating func appendColumn(_ payloads: Span<UInt64>, _ shift: UInt64) {
    cut()
    writer.append(atMost: payloads.count - 1) { output in
      var old = payloads[0]
      for index in 1..<payloads.count {
        let new = payloads[index]
        output.append(UInt8(truncatingIfNeeded: (new >> shift) &- (old >> shift)))
        old = new
      }
    }
  }
}

/// How a column of payload bytes is stored.
enum ColumnMode: UInt8 {
  /// Every frame has the first frame's byte; nothing is stored.
  case constant = 0
  /// Each byte less the byte of the frame before it.
  case difference = 1
  /// The byte follows from the frame's other bytes by a ``ChecksumMap``; at most one byte does.
  case checksum = 2
}
