import BatteryModel
import CANFrames
import CANInterfaces
import Foundation
import Simulation

/// Writes a simulation into a log file, as fast as it goes.
package struct SimulationLogSession {
  /// What was written.
  package struct Outcome: Sendable {
    package var frames = 0
    /// Simulated, in s.
    package var seconds = 0.0
    /// Taken, in s.
    package var taken = 0.0
    package var wasStopped = false

    /// In one line, with the rate.
    package var summary: String {
      let rate = taken > 0 ? Double(frames) / taken / 1e6 : 0
      let speed = taken > 0 ? seconds / taken : 0
      return "\(frames) frames of \(Int(seconds)) s in \(String(format: "%.2f", taken)) s: "
        + "\(String(format: "%.2f", rate)) million frames/s, "
        + "\(Int(speed)) times faster than real time\(wasStopped ? "; stopped" : "")"
    }
  }

  private let setup: SimulationSetup
  private let start: Int64
  private let stop: CInt

  /// - Parameters:
  ///   - setup: What is simulated.
  ///   - start: When it begins, in ns since 1970.
  ///   - stop: A descriptor that ends it when it becomes readable.
  package init(_ setup: SimulationSetup, start: Int64, stop: CInt) {
    self.setup = setup
    self.start = start
    self.stop = stop
  }

  /// Writes the log.
  ///
  /// - Parameters:
  ///   - seconds: How much is simulated.
  ///   - write: Takes the text piece by piece and empties it.
  /// - Returns: How much was written, and how fast.
  /// - Throws: What `write` throws.
  package func run(
    seconds: Double, write: (inout [UInt8]) throws -> Void
  ) throws -> Outcome {
    var bus = setup.bus(start: start)
    var writer = LogWriter(format: .candump)
    let buses = BusNames(["sim"])
    var batch = FrameBatch()
    var buffer: [UInt8] = []
    var outcome = Outcome()
    let end = Int64(seconds * 1e9)
    let began = SystemClock.monotonic
    var isDone = false
    while !isDone {
      batch.removeAll()
      isDone = bus.run(into: &batch, before: end, limit: 8192)
      outcome.frames += batch.frames.count
      writer.write(batch, buses: buses, to: &buffer)
      try write(&buffer)
      if !isDone, Stopping.wait(stop, nanoseconds: 0) {
        outcome.wasStopped = true
        break
      }
    }
    outcome.seconds = Double(min(end, bus.elapsed)) / 1e9
    outcome.taken = Double(SystemClock.monotonic - began) / 1e9
    return outcome
  }

  /// Writes what the BMS knew in each second, for comparison with what its frames say.
  ///
  /// A line of CSV each second; frames of that second are made of it.
  package func values(
    seconds: Double, write: (inout [UInt8]) throws -> Void
  ) throws {
    var bus = setup.bus(start: start)
    var batch = FrameBatch()
    let names = BMSReport.quantities.map(\.rawValue)
    var buffer = Array("second,\(names.joined(separator: ","))\n".utf8)
    for second in 0..<Int(seconds) {
      batch.removeAll()
      _ = bus.run(into: &batch, before: Int64(second + 1) * 1_000_000_000)
      let values = bus.battery.report.values.map { $0.isNaN ? "" : "\($0)" }
      buffer.append(contentsOf: "\(second),\(values.joined(separator: ","))\n".utf8)
      try write(&buffer)
    }
  }
}
