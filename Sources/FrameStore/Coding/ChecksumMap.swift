/// A payload byte that follows from the others, such as a CRC or an exclusive-or of them.
///
/// Every checksum of that kind, whatever its polynomial and start, flips the same bits of the
/// checksum each time a given bit of the payload flips. So it is known as soon as it is known what
/// each of the 64 bits flips, which is found out from the frames themselves and checked on every
/// one of them. The lowest bit of the checksum's own place stands for what never changes.
///
///     checksum = exclusive or of map[bit] for each bit that is set in
///                payload with its checksum byte replaced by 1
struct ChecksumMap: Hashable {
  static let count = 64

  /// For each bit of the payload, the bits of the checksum that it flips.
  private(set) var map = [UInt8](repeating: 0, count: count)
  /// For each byte of the payload and each value of it, what its bits flip together.
  private var table = [UInt8](repeating: 0, count: 8 * 256)

  /// - Parameter map: As it is stored, ``count`` bytes.
  init(_ map: [UInt8]) {
    precondition(map.count == Self.count, "a map has a byte for each bit")
    self.map = map
    fillTable()
  }

  /// The checksum of a payload.
  ///
  /// - Parameters:
  ///   - payload: With anything in the checksum's place.
  ///   - shift: How far the checksum's place is from the lowest bit.
  /// - Returns: What the checksum's byte must be.
  @inline(__always) func checksum(_ payload: UInt64, _ shift: UInt64) -> UInt8 {
    let word = Self.word(payload, shift)
    var sum: UInt8 = 0
    for index in 0..<8 {
      sum ^= table[index &* 256 &+ Int(truncatingIfNeeded: word >> UInt64(8 &* index) & 0xFF)]
    }
    return sum
  }

  @inline(__always) fileprivate static func word(_ payload: UInt64, _ shift: UInt64) -> UInt64 {
    payload & ~(0xFF << shift) | 1 << shift
  }

  private mutating func fillTable() {
    for index in 0..<8 {
      for value in 1..<256 {
        let lowest = value.trailingZeroBitCount
        table[256 * index + value] =
          table[256 * index + (value & (value - 1))] ^ map[8 * index + lowest]
      }
    }
  }
}

extension ChecksumMap {
  /// Frames that are looked at before it is judged whether a byte is a checksum.
  private static let trialCount = 96

  /// Finds the map that gives the byte at `shift` in every payload; `nil` if there is none.
  init?(of payloads: Span<UInt64>, _ shift: UInt64) {
    var equations = Equations()
    for index in 0..<min(payloads.count, Self.trialCount) {
      guard equations.add(payloads[index], shift) else { return nil }
    }
    self.init(equations.solution)
    for index in payloads.indices
    where checksum(payloads[index], shift) != UInt8(truncatingIfNeeded: payloads[index] >> shift) {
      // A bit that never changed before has changed here.
      guard equations.add(payloads[index], shift) else { return nil }
      self.init(equations.solution)
    }
    // What was learnt from later frames must not have unlearnt an earlier one.
    for index in payloads.indices
    where checksum(payloads[index], shift) != UInt8(truncatingIfNeeded: payloads[index] >> shift) {
      return nil
    }
  }

  /// What payloads tell about the map: linear equations over bits, in echelon form.
  private struct Equations {
    /// By their highest bit: payload bits, and what they flip together.
    private var rows = [(word: UInt64, flips: UInt8)](repeating: (0, 0), count: 64)

    /// Adds what a payload tells; false if it contradicts the others.
    mutating func add(_ payload: UInt64, _ shift: UInt64) -> Bool {
      var word = ChecksumMap.word(payload, shift)
      var flips = UInt8(truncatingIfNeeded: payload >> shift)
      while word != 0 {
        let highest = 63 - word.leadingZeroBitCount
        guard rows[highest].word != 0 else {
          rows[highest] = (word, flips)
          return true
        }
        word ^= rows[highest].word
        flips ^= rows[highest].flips
      }
      return flips == 0
    }

    /// A map that fulfils all equations; bits that none of them settles flip nothing.
    var solution: [UInt8] {
      var map = [UInt8](repeating: 0, count: ChecksumMap.count)
      for (bit, row) in rows.enumerated() where row.word != 0 {
        var flips = row.flips
        var rest = row.word & ~(1 << UInt64(bit))
        while rest != 0 {
          flips ^= map[rest.trailingZeroBitCount]
          rest &= rest - 1
        }
        map[bit] = flips
      }
      return map
    }
  }
}
