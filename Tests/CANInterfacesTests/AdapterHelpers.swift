import BusbarTestSupport
import CANFrames
import CANInterfaces
import Glibc
import Synchronization

/// What a source told beside its frames.
final class RemarkLog: Sendable {
  private let lines = Mutex<[SourceRemark]>([])

  var remarks: [SourceRemark] { lines.withLock { $0 } }
  var kinds: [SourceRemark.Kind] { remarks.map(\.kind) }
  var texts: [String] { remarks.map { "\($0)" } }

  /// Takes a remark.
  var listener: RemarkListener { { remark in self.lines.withLock { $0.append(remark) } } }
}

/// Reads until `isEnough`, or for at most twenty seconds.
func readUntil<Source: FrameSource & ~Copyable>(
  _ source: inout Source, _ batch: inout FrameBatch, _ isEnough: (FrameBatch) -> Bool
) throws(SourceError) -> Bool {
  let end = SystemClock.monotonic + 20_000_000_000
  while !isEnough(batch) {
    guard SystemClock.monotonic < end else { return false }
    _ = try source.read(into: &batch, waitingMilliseconds: 50)
  }
  return true
}

/// Waits until something that another thread does is done, for at most twenty seconds.
func eventually(_ condition: () -> Bool) -> Bool {
  for _ in 0..<4000 {
    if condition() { return true }
    usleep(5000)
  }
  return condition()
}

/// Opens what a user would write.
func open(
  _ word: String, stop: CInt = -1, _ log: RemarkLog = RemarkLog()
) throws(SourceError) -> AnySource {
  try AnySource(
    opening: try SourceSpecification(parsing: word), stop: stop, tell: log.listener)
}

extension BusEvent.Kind {
  var isOutage: Bool { self == .interfaceDown || self == .interfaceUp }
}
