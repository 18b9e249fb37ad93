import ServiceLifecycle
import UnixSignals

/// What the gateway's loop waits for.
enum Happening: Sendable {
  case signal(UnixSignal)
  /// A source has come to its end.
  case sourceEnded(battery: String, part: Int, error: (any Error)?)
  /// A destination of a battery has come to its end.
  case destinationEnded(RunningParts.DestinationKey, part: Int, DestinationPart.End)
  /// A time that was waited for has come.
  case timePassed(Int)
}
