/// A value that may have to be sent, with the time at which the BMS said so.
struct SignalKOffer: Sendable {
  var path: String
  /// `nil` if the quantity is absent.
  var value: SignalKValue?
  /// In nanoseconds since 1970; `nil` if unknown.
  var time: Int64?
  /// What the path is; `nil` for notifications, which explain themselves.
  var meta: SignalKMeta?
  /// Whether a change must not wait.
  var isUrgent = false
}
