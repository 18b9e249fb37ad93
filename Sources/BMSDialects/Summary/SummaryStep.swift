import BatteryModel
import DBC

/// How one signal is taken out of a payload for a summary.
///
/// These are the few bytes that the loop over frames needs of nearly every signal; what the others
/// need stands in a ``SummaryException``.
struct SummaryStep: Sendable {
  let field: BitField
  /// How many bytes a frame must have to hold the signal; a text needs only its first.
  let byteCount: UInt8
  /// The signal's place among the tallies.
  let slot: Int32
  /// The place of its exception in the list of all, or -1 if the raw value is all there is to it.
  let exception: Int32

  /// - Parameters:
  ///   - slot: The signal's place in the dialect's plan.
  ///   - alternatives: How many signals for the same value follow.
  ///   - dialect: The dialect.
  ///   - product: Says whether the product on the bus fits a pattern.
  ///   - exceptions: The list of all exceptions, to which this signal's is appended.
  init(
    _ slot: Int, alternatives: Int, in dialect: Dialect, product: (IdentityPattern) -> Bool,
    exceptions: inout [SummaryException]
  ) {
    let reading = SignalReading(slot, in: dialect, product: product)
    field = reading.field
    byteCount = reading.byteCount
    self.slot = Int32(slot)
    if let exception = SummaryException(
      slot, reading: reading, alternatives: alternatives, in: dialect)
    {
      self.exception = Int32(exceptions.count)
      exceptions.append(exception)
    } else {
      exception = -1
    }
  }
}
