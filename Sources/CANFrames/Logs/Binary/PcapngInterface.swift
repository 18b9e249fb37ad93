/// An interface that a pcapng file describes, with what its packets need to be understood.
struct PcapngInterface: Sendable {
  var link: CaptureLink
  var bus: UInt8
  /// The most bytes that were captured of a packet; 0 is no limit.
  var snapLength: UInt32
  private var resolution: UInt8 = 6
  /// What is added to every time, in seconds.
  private var offset: Int64 = 0
  /// How many lost packets were told of so far.
  private var lostCount: UInt64 = 0

  /// Reads the body of an interface description.
  ///
  ///     link type (16 bits), reserved (16), snap length (32), options
  ///
  /// - Parameters:
  ///   - body: The body.
  ///   - byteOrder: The section's.
  ///   - number: How many interfaces the section described before.
  ///   - buses: Gets its name. One without is a bus of its own too: `if1`, if it is not the first.
  init?(_ body: Span<UInt8>, _ byteOrder: ByteOrder, number: Int, buses: inout BusNames) {
    guard body.count >= 8 else { return nil }
    link = CaptureLink(linkType: byteOrder.word16(body, at: 0))
    snapLength = byteOrder.word32(body, at: 4)
    var options = PcapngOptions(at: 8)
    var name = 0..<0
    while let option = options.next(body, byteOrder) {
      switch (option.code, option.value.count) {
      case (2, _): name = Self.withoutZeros(body, option.value)
      case (9, 1): resolution = body[option.value.lowerBound]
      case (14, 8):
        offset = Int64(bitPattern: byteOrder.word64(body, at: option.value.lowerBound))
      default: break
      }
    }
    if name.isEmpty, number > 0 {
      bus = buses.index(of: Array("if\(number)".utf8).span)
    } else {
      bus = buses.index(of: body.extracting(name))
    }
  }

  /// A time in nanoseconds from a packet's own units; `nil` if it does not fit.
  ///
  /// The unit is a negative power of ten, or with bit 7 set of two.
  func nanoseconds(_ ticks: UInt64) -> Int64? {
    let exponent = UInt64(resolution & 0x7F)
    let perSecond: UInt64
    if resolution & 0x80 != 0 {
      guard exponent < 64 else { return nil }
      perSecond = 1 << exponent
    } else {
      guard exponent <= 19 else { return nil }
      perSecond = (0..<exponent).reduce(1) { power, _ in power * 10 }
    }
    let (seconds, rest) = ticks.quotientAndRemainder(dividingBy: perSecond)
    let fraction = perSecond.dividingFullWidth(rest.multipliedFullWidth(by: 1_000_000_000)).quotient
    let (sum, overflow1) = (Int64(exactly: seconds) ?? .max).addingReportingOverflow(offset)
    let (product, overflow2) = sum.multipliedReportingOverflow(by: 1_000_000_000)
    let (time, overflow3) = product.addingReportingOverflow(Int64(fraction))
    return overflow1 || overflow2 || overflow3 || !CANFrame.times.contains(time) ? nil : time
  }

  /// Takes note of packets that were lost just before one; returns how many.
  mutating func lose(_ count: UInt64) -> Int {
    lostCount = lostCount.addingReportingOverflow(count).overflow ? .max : lostCount + count
    return Int(clamping: count)
  }

  /// Takes note of how many packets were lost in all; returns how many of them are news.
  mutating func loseInAll(_ count: UInt64) -> Int {
    guard count > lostCount else { return 0 }
    return lose(count - lostCount)
  }

  private static func withoutZeros(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
    var end = range.lowerBound
    while end < range.upperBound, bytes[end] != 0 { end += 1 }
    return range.lowerBound..<end
  }
}
