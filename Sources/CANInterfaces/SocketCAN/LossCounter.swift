/// Turns a socket's running count of lost frames into the losses between two looks at it.
package struct LossCounter: Hashable, Sendable {
  private var last: UInt32 = 0

  package init() {}

  /// Call with each count that is seen; returns how many frames were lost since the highest one
  /// before, or `nil` if none were.
  ///
  /// The count wraps at 2^32. One that lags behind the last is old: it was taken when its frame
  /// was queued, while another look at the socket was newer.
  package mutating func advanced(to count: UInt32) -> Int? {
    let lost = Int32(bitPattern: count &- last)
    guard lost > 0 else { return nil }
    last = count
    return Int(lost)
  }
}
