package import BatteryModel
import ServiceLifecycle

/// Publishes a battery to a sink that is always there, such as ``StandardOutputSink``.
package struct SignalKPrinter<Updates>: Service
where Updates: AsyncSequence<BatteryUpdate, Never> & Sendable {
  private let battery: SignalKBattery
  private let updates: Updates
  private let sink: any DeltaSink

  /// Creates the service; nothing happens before ``run()``.
  package init(
    battery: SignalKBattery, updates: Updates, sink: any DeltaSink = StandardOutputSink()
  ) {
    self.battery = battery
    self.updates = updates
    self.sink = sink
  }

  /// Runs until the updates end, the task is cancelled or a graceful shutdown begins.
  ///
  /// - Throws: ``SignalKError`` if the sink is gone.
  package func run() async throws {
    var encoder = SignalKEncoder(battery: battery)
    for await update in updates.cancelOnGracefulShutdown() {
      for delta in encoder.messages(for: update) { try await sink.send(delta) }
    }
  }
}
