/// Times as decimal numbers.
extension LineScanner {
  /// Reads a number such as `240.479115` in units of 10^`exponent` nanoseconds.
  ///
  /// - Parameters:
  ///   - line: The line.
  ///   - position: Where the number stands, and afterwards where it ended.
  ///   - exponent: 9 for seconds, 6 for milliseconds, 3 for microseconds.
  /// - Returns: Nanoseconds, without decimals past them. `nil`, and no step, if no number stands
  ///   there or it is none of ``CANFrame/times``.
  static func time(
    _ line: Span<UInt8>, _ position: inout Int, exponent: Int
  ) -> Int64? {
    var next = position
    let isNegative = skip("-", line, &next)
    guard let whole = decimal(line, &next, limit: 18) else { return nil }
    guard next >= line.count || !isDigit(line[next]) else { return nil }
    var value = whole.value
    var missing = exponent
    if next < line.count, line[next] == UInt8(ascii: ".") {
      next += 1
      while next < line.count, isDigit(line[next]) {
        if missing > 0 {
          guard let longer = appending(line[next], to: value) else { return nil }
          value = longer
          missing -= 1
        }
        next += 1
      }
    }
    if next < line.count, line[next] | 0x20 == UInt8(ascii: "e") {
      guard let power = powerOfTen(line, &next) else { return nil }
      missing += power
    }
    guard let scaled = scale(value, by: missing), scaled <= CANFrame.times.upperBound else {
      return nil
    }
    position = next
    return isNegative ? -scaled : scaled
  }

  private static func appending(_ digit: UInt8, to value: Int64) -> Int64? {
    let (product, overflows) = value.multipliedReportingOverflow(by: 10)
    let (sum, overflowsAgain) = product.addingReportingOverflow(Int64(digit - UInt8(ascii: "0")))
    return overflows || overflowsAgain ? nil : sum
  }

  /// `e-05`, as programs print small numbers.
  private static func powerOfTen(_ line: Span<UInt8>, _ position: inout Int) -> Int? {
    position += 1
    let isNegative = skip("-", line, &position)
    if !isNegative { _ = skip("+", line, &position) }
    guard let power = decimal(line, &position, limit: 2) else { return nil }
    return isNegative ? -Int(power.value) : Int(power.value)
  }

  private static func scale(_ value: Int64, by power: Int) -> Int64? {
    var value = value
    for _ in 0..<max(0, -power) { value /= 10 }
    for _ in 0..<max(0, power) where value != 0 {
      guard let longer = appending(UInt8(ascii: "0"), to: value) else { return nil }
      value = longer
    }
    return value
  }
}
