/// Notices from datagrams' numbers, which count modulo 256, how many did not come.
struct SequenceCounter: Hashable, Sendable {
  private var expected: UInt8?

  /// Call with each number; returns how many are missing before it.
  ///
  /// A number that lags is a datagram that was overtaken or doubled. A sender that begins anew
  /// begins with 0.
  mutating func missing(before number: UInt8) -> Int {
    guard let expected else {
      self.expected = number &+ 1
      return 0
    }
    let gap = number &- expected
    guard gap < 128 || number == 0 else { return 0 }
    self.expected = number &+ 1
    return gap < 128 && (number != 0 || gap <= 16) ? Int(gap) : 0
  }
}
