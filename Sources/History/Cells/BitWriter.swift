/// Appends numbers of any width to bytes, the lowest bit first.
struct BitWriter {
  private(set) var bytes: [UInt8] = []
  /// Bits that do not fill a byte yet, and how many.
  private var pending: UInt64 = 0
  private var pendingCount = 0

  /// Appends the lowest `count` bits of a number, 0 to 56.
  mutating func append(_ number: UInt64, _ count: Int) {
    pending |= (number & (1 << UInt64(count) - 1)) << UInt64(pendingCount)
    pendingCount += count
    while pendingCount >= 8 {
      bytes.append(UInt8(truncatingIfNeeded: pending))
      pending >>= 8
      pendingCount -= 8
    }
  }

  /// Fills the last byte with zeros.
  mutating func finish() {
    guard pendingCount > 0 else { return }
    append(0, 8 - pendingCount)
  }
}

/// Takes apart what ``BitWriter`` wrote; behind the end it says so, and gives zeros.
struct BitReader {
  private let bytes: [UInt8]
  private let end: Int
  private var position: Int
  private var pending: UInt64 = 0
  private var pendingCount = 0
  /// How many zeros were added behind the end.
  private var padding = 0

  init(_ bytes: [UInt8], in range: Range<Int>) {
    self.bytes = bytes
    position = range.lowerBound
    end = range.upperBound
  }

  /// Whether all but the rest of the last byte was read.
  var isAtEnd: Bool { position == end && pendingCount - padding < 8 }

  /// Whether more was read than there is.
  var isExhausted: Bool { pendingCount < padding }

  /// The next number of `count` bits, 0 to 56.
  mutating func next(_ count: Int) -> UInt64 {
    if pendingCount < count { refill(count) }
    let number = pending & (1 << UInt64(count) - 1)
    drop(count)
    return number
  }

  /// How many ones come before the next zero, at most `most`, which is at most 55; the zero is read,
  /// too.
  mutating func ones(atMost most: Int) -> Int {
    if pendingCount <= most { refill(most + 1) }
    let count = (~pending).trailingZeroBitCount
    drop(min(count + 1, most))
    return min(count, most)
  }

  private mutating func drop(_ count: Int) {
    pending >>= UInt64(count)
    pendingCount -= count
  }

  /// Makes at least `count` bits pending, zeros behind the end.
  private mutating func refill(_ count: Int) {
    while pendingCount <= 56, position < end {
      pending |= UInt64(bytes[position]) << UInt64(pendingCount)
      position += 1
      pendingCount += 8
    }
    while pendingCount < count {
      padding += 8
      pendingCount += 8
    }
  }
}
