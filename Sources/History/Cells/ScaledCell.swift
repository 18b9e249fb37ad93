/// How the values of a chunk become integers.
///
/// Nearly all of a battery's numbers are decimals with few places, and so are their sums. Others,
/// such as IEEE 754 numbers of a dialect, are kept as their bits.
struct CellScale: Equatable {
  private static let bits: UInt8 = 255
  private static let powers: [Double] = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6]

  /// The decimal places, or 255 for bits.
  let code: UInt8

  /// The fewest places that every value of the cells has exactly.
  init(for cells: [SeriesCell]) {
    var places = 0
    for cell in cells {
      while places < Self.powers.count, !Self.fits(cell, Self.powers[places]) { places += 1 }
    }
    code = places < Self.powers.count ? UInt8(places) : Self.bits
  }

  init?(code: UInt8) {
    guard code == Self.bits || Int(code) < Self.powers.count else { return nil }
    self.code = code
  }

  /// Whether integers are decimals, with which one can calculate.
  var isExact: Bool { code != Self.bits }

  func integer(_ value: Double) -> Int64 {
    isExact
      ? Int64((value * Self.powers[Int(code)]).rounded())
      : Int64(bitPattern: value.bitPattern)
  }

  func value(_ integer: Int64) -> Double {
    isExact
      ? Double(integer) / Self.powers[Int(code)]
      : Double(bitPattern: UInt64(bitPattern: integer))
  }

  private static func fits(_ cell: SeriesCell, _ power: Double) -> Bool {
    for value in [cell.minimum, cell.maximum, cell.first, cell.last] {
      let scaled = (value * power).rounded()
      guard scaled.magnitude < 1e15, scaled / power == value else { return false }
    }
    // A sum of many decimals is off by what adding them up has rounded.
    let sum = cell.sum * power
    return sum.magnitude < 1e15 && (sum - sum.rounded()).magnitude < 0.01
  }
}

/// A cell in integers.
struct ScaledCell {
  var count: Int64
  var sum: Int64
  var minimum: Int64 = 0
  var maximum: Int64 = 0
  var first: Int64 = 0
  var last: Int64 = 0
  /// In which quarter of the cell the first and the last value came, 0 to 3.
  var firstQuarter: Int64 = 0
  var lastQuarter: Int64 = 0
  /// About the mean; 0 where numbers are bits.
  let center: Int64

  init(count: Int64, sum: Int64, isExact: Bool) {
    self.count = count
    self.sum = sum
    center = isExact ? sum / count : 0
  }

  init(_ cell: SeriesCell, _ scale: CellScale, start: Int64, _ width: Int64) {
    self.init(
      count: Int64(cell.count), sum: scale.integer(cell.sum), isExact: scale.isExact)
    minimum = scale.integer(cell.minimum)
    maximum = scale.integer(cell.maximum)
    first = scale.integer(cell.first)
    last = scale.integer(cell.last)
    firstQuarter = Self.quarter(cell.firstTime, start, width)
    lastQuarter = Self.quarter(cell.lastTime, start, width)
  }

  private static func quarter(_ time: Int64, _ start: Int64, _ width: Int64) -> Int64 {
    min(3, max(0, (time - start) / (width / 4)))
  }

  func cell(_ scale: CellScale, start: Int64, _ width: Int64) -> SeriesCell {
    SeriesCell(
      count: Int(count), sum: scale.value(sum), minimum: scale.value(minimum),
      maximum: scale.value(maximum), first: scale.value(first), last: scale.value(last),
      firstTime: start + (firstQuarter & 3) * (width / 4),
      lastTime: start + (lastQuarter & 3) * (width / 4))
  }
}
