import CANFrames
package import CANInterfaces
import Simulation

/// A serial CAN adapter on a pseudo-terminal, on a bus with a simulated battery.
package struct AdapterSession: ~Copyable {
  /// The path that a program opens to reach the adapter.
  package var path: String { terminal.path }
  /// Frames that the program took, and asked to be sent.
  package private(set) var delivered = 0
  package var thrownAway: Int { adapter.thrownAway }

  private let terminal: PseudoTerminal
  private let stop: CInt
  private var adapter: LawicelAdapter
  private var simulator: SimulatorSource

  /// - Parameters:
  ///   - setup: What is simulated.
  ///   - bitRate: Of the bus, in bit/s; one of ``LawicelAdapter/bitRates``.
  ///   - stop: A descriptor that ends it when it becomes readable.
  /// - Throws: If the machine gives no pseudo-terminal.
  package init(_ setup: SimulationSetup, bitRate: Int, stop: CInt) throws(CallFailure) {
    terminal = try PseudoTerminal()
    adapter = LawicelAdapter(busBitRate: bitRate)
    simulator = SimulatorSource(setup, asIfLive: true, stop: stop)
    self.stop = stop
  }

  /// Runs until the simulation ends or the stop comes.
  ///
  /// - Parameter tell: Told when the program opens or closes the channel, in words.
  /// - Throws: What the simulation's source throws.
  package mutating func run(tell: (String) -> Void) throws {
    var batch = FrameBatch()
    var wasOpen = false
    while true {
      batch.removeAll()
      // Commands are answered within 10 ms.
      let state = try simulator.read(into: &batch, waitingMilliseconds: 10)
      adapter.received(terminal.read())
      for frame in batch.frames { adapter.busCarried(frame) }
      if adapter.isOpen, adapter.hasRightBitRate { delivered += batch.frames.count }
      let output = adapter.takeOutput()
      if !output.isEmpty { _ = terminal.write(output) }
      if adapter.isOpen != wasOpen {
        wasOpen = adapter.isOpen
        let rate = "\(adapter.bitRate ?? 0) bit/s"
        tell(
          wasOpen
            ? "channel opened with \(rate)\(adapter.hasRightBitRate ? "" : ", which is not the bus's")"
            : "channel closed")
      }
      if state != .open { return }
    }
  }
}
