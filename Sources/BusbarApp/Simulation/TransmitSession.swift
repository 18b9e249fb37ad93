import BMSDialects
package import CANFrames
package import CANInterfaces
import DBC
import Simulation

/// Puts a simulated battery on a bus, if there is none on it.
package struct TransmitSession {
  private let setup: SimulationSetup
  private let stop: CInt

  /// - Parameters:
  ///   - setup: What is simulated.
  ///   - stop: A descriptor that ends it when it becomes readable.
  package init(_ setup: SimulationSetup, stop: CInt) {
    self.setup = setup
    self.stop = stop
  }

  /// Listens for other batteries.
  ///
  /// - Parameters:
  ///   - bus: What to listen to.
  ///   - seconds: For how long.
  ///   - family: What a battery would say.
  /// - Returns: What was heard of it; `nil` if the stop came before the end.
  /// - Throws: If the bus cannot be listened to.
  package func listen<Source: FrameSource & ~Copyable>(
    to bus: inout Source, seconds: Double, family: Set<CANIdentifier>
  ) throws(SourceError) -> [CANIdentifier]? {
    let end = SystemClock.monotonic + Int64(seconds * 1e9)
    var heard: Set<CANIdentifier> = []
    var batch = FrameBatch()
    while SystemClock.monotonic < end {
      batch.removeAll()
      let state = try bus.read(into: &batch, waitingMilliseconds: 100)
      heard.formUnion(batch.frames.filter { $0.kind == .data }.map(\.identifier))
      if state != .open { return nil }
    }
    return heard.intersection(family).sorted()
  }

  /// Everything that a battery of any dialect of the atlas says: what must not be on the bus.
  package static var family: Set<CANIdentifier> {
    var identifiers: Set<CANIdentifier> = []
    for dialect in DialectAtlas.dialects {
      for (index, message) in dialect.plan.messages.enumerated()
      where dialect.messages[index].direction == .battery {
        identifiers.insert(message.identifier)
      }
    }
    return identifiers
  }

  /// Sends until the simulation ends, somebody else's frame comes, or the stop does.
  ///
  /// - Parameters:
  ///   - bus: What to go on listening to; it hears what is sent here too.
  ///   - family: What another battery would say.
  ///   - send: Puts a frame on the bus; `false` if it had to be dropped.
  /// - Returns: How many frames were sent and dropped, and what somebody else sent in between.
  /// - Throws: If the bus cannot be listened to, and what `send` throws.
  package func run<Source: FrameSource & ~Copyable>(
    on bus: inout Source, family: Set<CANIdentifier>, send: (CANFrame) throws -> Bool
  ) throws -> (sent: Int, dropped: Int, others: [CANIdentifier]) {
    var simulator = SimulatorSource(setup, asIfLive: true, stop: stop)
    var (sent, dropped) = (0, 0)
    var batch = FrameBatch()
    var own: [CANFrame: Int] = [:]
    while true {
      batch.removeAll()
      let state = try simulator.read(into: &batch, waitingMilliseconds: 200)
      for frame in batch.frames where frame.kind == .data {
        if try send(frame) {
          sent += 1
          own[Self.content(frame), default: 0] += 1
        } else {
          dropped += 1
        }
      }
      var heard = FrameBatch()
      _ = try bus.read(into: &heard, waitingMilliseconds: 0)
      var others: Set<CANIdentifier> = []
      for frame in heard.frames where frame.kind == .data && family.contains(frame.identifier) {
        // Other sockets of this machine hear what is sent here, this listener among them.
        let key = Self.content(frame)
        if let count = own[key] {
          own[key] = count > 1 ? count - 1 : nil
        } else {
          others.insert(frame.identifier)
        }
      }
      if own.count > 10_000 { own.removeAll() }
      if !others.isEmpty { return (sent, dropped, others.sorted()) }
      if state != .open { return (sent, dropped, []) }
    }
  }

  /// A frame without its time and its bus.
  private static func content(_ frame: CANFrame) -> CANFrame {
    var frame = frame
    frame.timestamp = 0
    frame.bus = 0
    return frame
  }
}
