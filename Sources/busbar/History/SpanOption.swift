import ArgumentParser
import FrameStore

/// `--from` and `--until`, as the questions about a recording have them.
struct SpanOption: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "From when on: 2026-11-22, 2026-11-22T08:00:00Z, or -7d for a week ago (s, min, h, d, w, y).",
      valueName: "time"))
  var from: Moment?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Until when: the same.", valueName: "time"))
  var until: Moment?

  func validate() throws {
    if let from, let until, from.nanoseconds >= until.nanoseconds {
      throw ValidationError("--from must be before --until")
    }
  }

  /// The span that is meant, in nanoseconds since 1970; what is not said is the recording's own.
  ///
  /// - Returns: `nil` if nothing is recorded.
  func range(in store: FrameStore) throws(StoreError) -> Range<Int64>? {
    guard let times = try store.info().times else { return nil }
    let lower = from?.nanoseconds ?? times.lowerBound
    return lower..<max(lower + 1, until?.nanoseconds ?? times.upperBound + 1)
  }
}
