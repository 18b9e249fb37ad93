package import CANFrames
import Synchronization

/// A bus inside the process: frames delivered on one side come out of any number of sources.
///
/// For the simulator and for tests. Safe to use from any thread.
///
///     let bus = LoopbackBus(names: ["sim"])
///     var source = try bus.makeSource()
///     bus.deliver(frame)
package final class LoopbackBus: Sendable {
  private let buses: BusNames
  private let listeners = Mutex<[LoopbackQueue]>([])

  /// Creates a bus, or several.
  ///
  /// - Parameter names: The names of the buses, by the index that delivered frames carry.
  package init(names: [String?] = ["loopback"]) { buses = BusNames(names) }

  /// Makes a source of what is delivered from now on.
  ///
  /// - Parameters:
  ///   - capacity: How many frames wait for a reader that lags; further ones are counted and lost.
  ///   - stop: A descriptor that ends waiting when it becomes readable; -1 for none.
  /// - Returns: A source that no frame has reached yet; dropping it ends its listening.
  /// - Throws: If the process has no descriptor left to wake the reader with.
  package func makeSource(
    capacity: Int = 65_536, stop: CInt = -1
  ) throws(SourceError) -> LoopbackSource {
    let queue: LoopbackQueue
    do throws(CallFailure) {
      queue = try LoopbackQueue(capacity: capacity)
    } catch {
      throw .failed(buses[0] ?? "loopback", error)
    }
    listeners.withLock { $0.append(queue) }
    return LoopbackSource(queue, buses: buses, stop: stop)
  }

  /// Gives a frame to every source.
  package func deliver(_ frame: CANFrame) {
    listeners.withLock { listeners in
      listeners.removeAll { !$0.deliver(frame) }
    }
  }

  /// Gives an event to every source.
  ///
  /// Events are rare and never dropped.
  package func deliver(_ event: BusEvent) {
    listeners.withLock { listeners in
      listeners.removeAll { !$0.deliver(event) }
    }
  }

  /// Ends every source, once it has given out what it holds.
  package func close() {
    listeners.withLock { listeners in
      for listener in listeners { listener.close() }
      listeners.removeAll()
    }
  }
}
