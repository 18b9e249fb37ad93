package import FrameStore
package import History

/// A recording with its history brought up to date, ready for questions.
package struct HistoryStore: Sendable {
  package let store: FrameStore
  package let dialects: HistoryDialects

  /// Opens a recording, and makes what is missing of its history.
  ///
  /// Where the file cannot be written, questions are answered from the frames themselves, which
  /// takes longer.
  ///
  /// - Parameters:
  ///   - path: Where the recording is; it must exist.
  ///   - choice: Which dialect it is seen through.
  ///   - progress: Told how far making the history is; nothing for a history that is nearly there.
  ///   - isStopped: Asked now and then whether the user wants it to end.
  /// - Throws: ``StoreError`` if there is no such recording, or it cannot be read.
  package init(
    path: String, _ choice: DialectChoice, progress: ProgressLine,
    isStopped: () -> Bool
  ) throws(StoreError) {
    dialects =
      switch choice {
      case .automatic: .automatic
      case .fixed(let dialect): .fixed(dialect)
      }
    let reading = try FrameStore(path: path, access: .reading)
    store = reading
    guard try !HistoryBuilder.isCurrent(reading, dialects) else { return }
    do throws(StoreError) {
      defer { progress.end() }
      try HistoryBuilder.update(path: path, dialects) { share in
        progress.show(Int(share * 1000), "making the history: \(Int(share * 100)) %")
        return !isStopped()
      }
    } catch {
      guard !error.isDamage else { throw error }
    }
  }
}
