package import CANFrames
package import CANInterfaces
import Simulation

/// A battery that is not there, as a source like any other: `sim:rec-q?profile=van-day&speed=60`.
package struct SimulatorSource: FrameSource, ~Copyable {
  package let buses = BusNames(["sim"])

  private let stop: CInt
  private let speed: Double?
  private let asIfLive: Bool
  /// How much is simulated, in ns.
  private let duration: Int64
  /// When the simulation began, on the monotonic clock.
  private let began: Int64
  private var bus: BusSimulation
  private var due = FrameBatch()

  /// How many slots are simulated at once.
  private static let batchSize = 4096

  /// Begins a simulation.
  ///
  /// - Parameters:
  ///   - setup: What is simulated, and how fast.
  ///   - asIfLive: Whether frames are stamped with the moment when they come, whatever the speed,
  ///     instead of the simulation's own time.
  ///   - start: When the simulation begins, in ns since 1970.
  ///   - stop: A descriptor that ends waiting when it becomes readable; -1 for none.
  package init(
    _ setup: SimulationSetup, asIfLive: Bool = false, start: Int64 = SystemClock.realtime,
    stop: CInt = -1
  ) {
    bus = setup.bus(start: start)
    speed = setup.specification.speed
    duration = setup.specification.duration.map { Int64($0 * 1e9) } ?? .max
    began = SystemClock.monotonic
    self.asIfLive = asIfLive
    self.stop = stop
  }

  package mutating func read(
    into batch: inout FrameBatch, waitingMilliseconds: Int32
  ) throws(SourceError) -> SourceState {
    if Stopping.wait(stop, nanoseconds: 0) { return .stopped }
    guard let speed else {
      let hasEnded = bus.run(into: &batch, before: duration, limit: Self.batchSize)
      return hasEnded ? .ended : .open
    }
    let deadline =
      waitingMilliseconds < 0
      ? Int64.max : SystemClock.monotonic + Int64(waitingMilliseconds) * 1_000_000
    while true {
      let now = SystemClock.monotonic
      let passed = Int64(min(9e18, Double(now - began) * speed))
      due.removeAll()
      let isDone = bus.run(
        into: &due, before: min(passed, duration), limit: Self.batchSize)
      let hasSome = !due.isEmpty
      deliver(into: &batch, speed)
      if bus.elapsed >= duration { return .ended }
      if hasSome || now >= deadline { return .open }
      guard isDone else { continue }
      let next = began + Int64(min(4e18, Double(bus.elapsed) / speed)) + 1
      if Stopping.wait(stop, nanoseconds: min(next, deadline) - now) { return .stopped }
    }
  }

  /// Hands over what is due, stamped as is asked for.
  private func deliver(into batch: inout FrameBatch, _ speed: Double) {
    let start = bus.start
    func stamp(_ timestamp: Int64) -> Int64 {
      asIfLive ? start + Int64(Double(timestamp - start) / speed) : timestamp
    }
    due.forEach { frame in
      var frame = frame
      frame.timestamp = stamp(frame.timestamp)
      batch.append(frame)
    } event: { event in
      var event = event
      event.timestamp = stamp(event.timestamp)
      batch.append(event)
    }
  }
}
