/// What is known for sure of a store: which stretches are complete, what is missing and why.
package struct StoreVerification: Hashable, Sendable {
  /// A stretch of time without records that should or could be there.
  package struct Gap: Hashable, Sendable {
    /// From the last record before to the first one after, in nanoseconds since 1970.
    package var from: Int64
    package var until: Int64
    /// Why, for people.
    package var cause: String
  }

  package var frameCount = 0
  package var eventCount = 0
  package var blockCount = 0
  /// The stretches in which nothing is missing, in the order of their times, as are the gaps.
  package var complete: [ClosedRange<Int64>] = []
  package var gaps: [Gap] = []
  /// Everything that is not as it was written.
  package var faults: [String] = []

  /// Whether every byte is as it was written and nothing was taken away unnoticed.
  package var isIntact: Bool { faults.isEmpty }
}
