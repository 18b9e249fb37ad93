/// How a recorder is doing.
package struct RecorderStatus: Hashable, Sendable {
  /// Records on the disk since the recorder was made.
  package var storedCount = 0
  /// Records that wait to be written.
  package var waitingCount = 0
  /// Records that were lost because the disk did not keep up.
  package var lostCount = 0
  /// The position behind the last record on the disk.
  package var end: Int64 = 0
  /// When the last commit ended, in nanoseconds on the monotonic clock; `nil` before the first.
  package var lastCommit: Int64?
  /// Why the last attempt to write failed; `nil` if it did not.
  package var failure: StoreError?
  /// Where a store was put that could not be written any more.
  package var replacedStore: String?
}
