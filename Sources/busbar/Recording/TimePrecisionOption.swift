import ArgumentParser
import FrameStore

/// `--time-precision`.
struct TimePrecisionOption: ParsableArguments {
  enum Precision: String, ExpressibleByArgument, CaseIterable {
    case nanoseconds = "ns"
    case microseconds = "us"
    case milliseconds = "ms"
  }

  @Option(
    help: ArgumentHelp(
      "How exact times are kept: ns, us or ms.",
      discussion: "Microseconds take four times the room of milliseconds; on most buses the "
        + "last digits are noise.", valueName: "ns|us|ms"))
  var timePrecision = Precision.microseconds

  var unit: TimeUnit {
    switch timePrecision {
    case .nanoseconds: .nanoseconds
    case .microseconds: .microseconds
    case .milliseconds: .milliseconds
    }
  }
}
