/// Turns the times of an ASC file into moments.
///
/// They count from the beginning of the measurement, or each from the line before. When that was
/// stands in the file's first line, or at the beginning of the block that says that the
/// measurement starts with it.
struct ASCClock: Sendable {
  /// Whether each time counts from the line before.
  var isRelative = false

  private var base: Int64 = 0
  private var hasFileDate = false
  private var blockDate: Int64?
  private var sum: Int64 = 0

  mutating func setFileDate(_ date: Int64) {
    base = date
    hasFileDate = true
  }

  mutating func setBlockDate(_ date: Int64) {
    blockDate = date
    if !hasFileDate { base = date }
  }

  /// Takes note that the measurement starts in the block that was begun last.
  mutating func startMeasurement() {
    if let blockDate { base = blockDate }
  }

  /// The moment of a line, or `nil` if it is none of ``CANFrame/times``.
  mutating func time(at offset: Int64) -> Int64? {
    var offset = offset
    if isRelative {
      let (next, overflows) = sum.addingReportingOverflow(offset)
      guard !overflows else { return nil }
      sum = next
      offset = next
    }
    let (moment, overflows) = base.addingReportingOverflow(offset)
    return overflows || !CANFrame.times.contains(moment) ? nil : moment
  }
}
