/// Decides whether the watchdog is to be fed: only while every part gets on with its work.
///
/// A part gets on when it has handled frames or found a bus dead, handed over values, or is resting
/// between two tries. One that hangs starves the watchdog, and systemd starts the program anew.
package struct WatchdogJudge: Hashable, Sendable {
  /// How long a part may be without progress, in nanoseconds: half of the watchdog's patience.
  package let patience: Int64

  /// - Parameter limit: The watchdog's patience.
  package init(limit: Duration) {
    let (seconds, attoseconds) = limit.components
    patience = (seconds * 1_000_000_000 + attoseconds / 1_000_000_000) / 2
  }

  /// How long to wait between two looks, in nanoseconds.
  package var interval: Int64 { max(1_000_000, patience / 2) }

  /// The names of those `parts` that hang at `now`, on the clock that progress is counted on.
  package func hanging(_ parts: [PartStatus], now: Int64) -> [String] {
    parts.filter { $0.state != .ended && now - $0.progress > patience }.map(\.name)
  }
}
