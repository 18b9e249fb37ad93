import FrameStore

/// Columns of numbers that are mostly small, in as few bits as their spread needs.
///
/// A column begins with a bit. 0: every number is 0, and nothing follows. 1: a mode of six bits
/// follows. 0 to 56: a Rice code, each number as its upper bits in unary, a zero, and so many
/// lowest bits. 63: most are 0; the count of the others (16 bits), a column of the zeros before each, a column of themselves
/// less 1. Signed numbers are folded: 0, -1, 1, -2 are 0, 1, 2, 3.
enum ColumnCoder {
  private static let sparse: UInt64 = 63
  private static let mostLowBits = 56
  /// So many ones mean that the whole number follows, in 64 bits.
  private static let escape = 24

  static func append(_ column: [Int64], to writer: inout BitWriter) {
    append(column.map(ByteWriter.folded), to: &writer)
  }

  /// The next column of `count` numbers; of any numbers if the reader is exhausted.
  static func next(_ count: Int, from reader: inout BitReader) -> [Int64] {
    unsigned(count, from: &reader).map(ByteReader.unfolded)
  }

  private static func append(_ column: [UInt64], to writer: inout BitWriter) {
    let places = column.indices.filter { column[$0] != 0 }
    guard !places.isEmpty else { return writer.append(0, 1) }
    writer.append(1, 1)
    let plain = lowBits(for: column)
    if places.count * 3 < column.count {
      let gaps = places.enumerated().map { index, place in
        UInt64(place - (index == 0 ? 0 : places[index - 1] + 1))
      }
      let values = places.map { column[$0] - 1 }
      let cost = 28 + lowBits(for: gaps).cost + lowBits(for: values).cost
      if cost < plain.cost {
        writer.append(sparse, 6)
        writer.append(UInt64(places.count), 16)
        appendRice(gaps, lowBits(for: gaps).count, to: &writer)
        return appendRice(values, lowBits(for: values).count, to: &writer)
      }
    }
    appendRice(column, plain.count, to: &writer)
  }

  private static func unsigned(_ count: Int, from reader: inout BitReader) -> [UInt64] {
    var column = [UInt64](repeating: 0, count: count)
    guard reader.next(1) != 0 else { return column }
    let mode = reader.next(6)
    guard mode == sparse else {
      for index in 0..<count { column[index] = nextRice(Int(mode), from: &reader) }
      return column
    }
    let filled = min(Int(reader.next(16)), count)
    let gaps = rice(filled, from: &reader)
    let values = rice(filled, from: &reader)
    var place = 0
    for (gap, value) in zip(gaps, values) {
      guard gap < UInt64(count - place) else { break }
      place += Int(gap)
      column[place] = value &+ 1
      place += 1
    }
    return column
  }

  private static func rice(_ count: Int, from reader: inout BitReader) -> [UInt64] {
    let lowBits = Int(reader.next(6))
    return (0..<count).map { _ in nextRice(lowBits, from: &reader) }
  }

  /// The number of low bits with which a column takes the least, and how many bits that is.
  private static func lowBits(for column: [UInt64]) -> (count: Int, cost: Int) {
    let mean = column.reduce(0) { $0 + Double($1) } / Double(max(1, column.count))
    let guess = mean < 1 ? 0 : min(mostLowBits, Int(mean.exponent) + 1)
    var best = (count: 0, cost: Int.max)
    for count in max(0, guess - 3)...min(mostLowBits, guess + 1) {
      let cost = column.reduce(6) { total, number in
        let upper = number >> UInt64(count)
        return total + (upper < UInt64(escape) ? Int(upper) + 1 + count : escape + 64)
      }
      if cost < best.cost { best = (count, cost) }
    }
    return best
  }

  private static func appendRice(_ column: [UInt64], _ lowBits: Int, to writer: inout BitWriter) {
    writer.append(UInt64(lowBits), 6)
    for number in column {
      let upper = number >> UInt64(lowBits)
      if upper < UInt64(escape) {
        writer.append(1 << upper - 1, Int(upper) + 1)
        writer.append(number, lowBits)
      } else {
        writer.append(1 << UInt64(escape) - 1, escape)
        writer.append(number, 32)
        writer.append(number >> 32, 32)
      }
    }
  }

  private static func nextRice(_ lowBits: Int, from reader: inout BitReader) -> UInt64 {
    let upper = reader.ones(atMost: escape)
    guard upper < escape else { return reader.next(32) | reader.next(32) << 32 }
    return UInt64(upper) << UInt64(lowBits) | reader.next(min(lowBits, mostLowBits))
  }
}
