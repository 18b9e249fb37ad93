/// A place that takes deltas, one line of JSON each.
package protocol DeltaSink: Sendable {
  /// Takes one delta, and returns when the place is ready for the next.
  func send(_ delta: String) async throws(SignalKError)
}
