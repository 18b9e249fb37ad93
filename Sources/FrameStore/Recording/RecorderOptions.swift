/// How a recorder works.
package struct RecorderOptions: Sendable {
  /// Between two commits: what a power cut takes at most.
  package var commitSeconds = 10.0
  /// Between two times at which the tail is made into blocks.
  package var sealSeconds = 3600.0
  /// What times are rounded down to.
  package var precision = TimeUnit.microseconds
  /// The most records that wait for a slow disk; beyond it they are counted and lost.
  ///
  /// A minute of a full bus, 8,000 frames a second, is 480,000: 12 MB.
  package var queueLimit = 640_000
  /// What is deleted when a store grows old or large.
  package var retention = StoreRetention()
  /// Reads the clocks.
  package var clock: @Sendable () -> ClockState

  package init(clock: @escaping @Sendable () -> ClockState) { self.clock = clock }
}

/// How long records are kept; the oldest blocks are deleted whole.
package struct StoreRetention: Hashable, Sendable {
  /// The greatest age, in nanoseconds; `nil` for ever.
  ///
  /// Nothing is deleted by age while the clock is not set: it could not be told from a wrong date.
  package var longestAge: Int64?
  /// The largest size of what is stored, in bytes; `nil` for as much as the disk holds.
  package var mostBytes: Int64?
  /// Whether even what was marked to be kept is deleted.
  package var includesKept = false

  package init() {}
}
