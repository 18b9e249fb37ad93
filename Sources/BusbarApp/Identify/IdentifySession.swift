package import BMSDialects
import CANFrames
package import CANInterfaces

/// Listens to a source for a while and says what is on each of its buses; nothing is ever sent.
package struct IdentifySession<Source: FrameSource & ~Copyable>: ~Copyable {
  private static var waitingMilliseconds: Int32 { 200 }

  package private(set) var source: Source
  private let nanoseconds: Int64

  /// - Parameters:
  ///   - source: Where frames come from.
  ///   - seconds: How long to listen; a log is read to its end.
  package init(_ source: consuming Source, seconds: Double) {
    self.source = source
    nanoseconds = Int64(min(seconds, 1e9) * 1e9)
  }

  /// Listens until the time is over, the source ends or it is stopped.
  ///
  /// - Returns: What was found on each bus that was heard, with its name if the source says one;
  ///   one that found nothing if there was no frame at all.
  package mutating func run() throws(SourceError) -> [(bus: String?, findings: BusFindings)] {
    var censuses = [BusCensus()]
    var batch = FrameBatch()
    let start = SystemClock.sinceBoot
    var state = SourceState.open
    while state == .open, SystemClock.sinceBoot - start < nanoseconds {
      batch.removeAll()
      state = try source.read(into: &batch, waitingMilliseconds: Self.waitingMilliseconds)
      for frame in batch.frames {
        while censuses.count <= Int(frame.bus) { censuses.append(BusCensus()) }
        censuses[Int(frame.bus)].add(frame)
      }
    }
    let buses = source.buses
    let heard = censuses.indices.filter { censuses[$0].frameCount > 0 }
    return (heard.isEmpty ? [0] : heard).map { (buses[UInt8($0)], BusFindings(censuses[$0])) }
  }
}
