import CANFrames
package import CANInterfaces
package import FrameStore

/// Reads a log to its end and brings it into a store: what `busbar import` does for each log.
package struct ImportSession: ~Copyable {
  /// What was done.
  package struct Outcome: Sendable {
    package var counts: LogImporter.Counts
    package var log: LogCounts
    /// Whether it was interrupted; running it again goes on where it stopped.
    package var isInterrupted: Bool
  }

  private var source: FileSource
  private var importer: LogImporter
  private let progress: ProgressLine

  /// - Parameters:
  ///   - source: The log.
  ///   - store: Where its frames go.
  ///   - precision: What times are rounded down to.
  ///   - progress: Told how far it is.
  /// - Throws: ``StoreError`` if the store cannot be read.
  package init(
    _ source: consuming FileSource, _ store: FrameStore, precision: TimeUnit,
    progress: ProgressLine
  ) throws(StoreError) {
    importer = try LogImporter(store, log: source.path, precision: precision)
    self.source = source
    self.progress = progress
  }

  /// Imports until the log ends or the user interrupts.
  package consuming func run() throws -> Outcome {
    var batch = FrameBatch()
    var state = SourceState.open
    while state == .open {
      batch.removeAll()
      state = try source.read(into: &batch, waitingMilliseconds: 200)
      try importer.add(batch, buses: source.buses)
      progress.show(source.byteCount, "\(importer.counts.added + importer.counts.known) frames")
    }
    try importer.finish()
    progress.end()
    return Outcome(
      counts: importer.counts, log: source.counts, isInterrupted: state == .stopped)
  }
}
