package import BatteryModel

/// Makes Signal K deltas of a battery's state, and decides what is worth sending now.
///
/// It has no clock and does no I/O: the moment comes with each update, so that a live battery, a
/// replayed log and a test are the same to it. For each connection:
///
/// - A path's meta goes out before its first value, as far as the server lacks it.
/// - A path gets at most one value a second, and the same value again after 15 s.
/// - An alarm is told at once and cleared after two quiet seconds.
/// - What goes absent is followed by one `null`, which is repeated like a value.
package struct SignalKEncoder: Sendable {
  /// A path of a value that was sent on this connection; `nil` until there was one.
  package private(set) var sentPath: String?
  private var source: SignalKOfferSource
  private let sourceReference: String
  private var pacing: [String: PathPacing] = [:]
  private var pathsWithMeta: Set<String> = []
  private var server = SignalKServerKnowledge()

  /// Creates an encoder that has said nothing yet.
  package init(battery: SignalKBattery) {
    source = SignalKOfferSource(battery: battery)
    sourceReference = battery.sourceReference
  }

  /// Call for each new connection: the server may have restarted and forgotten everything.
  ///
  /// - Parameter server: What it has told of itself. Only if its process is known to be the one
  ///   of the last connection are values cleared that went absent in the meantime.
  package mutating func connected(to server: SignalKServerKnowledge = .init()) {
    let isSameServer = server.startId != nil && server.startId == self.server.startId
    self.server = server
    sentPath = nil
    pathsWithMeta = []
    for path in pacing.keys { pacing[path]?.connected(isSameServer: isSameServer) }
    source.connected()
  }

  /// Call when the server has kept nothing of what was sent: all of it is said again.
  package mutating func repeatAll() {
    sentPath = nil
    pathsWithMeta = []
    pacing = [:]
  }

  /// The deltas to be sent now, each one line of JSON, in this order; often none.
  package mutating func messages(for update: BatteryUpdate) -> [String] {
    deltas(for: update).map(\.json)
  }

  mutating func deltas(for update: BatteryUpdate) -> [SignalKDelta] {
    var metas: [SignalKDelta.Entry<SignalKMeta>] = []
    var values: [(time: Int64, entry: SignalKDelta.Entry<SignalKValue>)] = []
    for offer in source.offers(of: update) {
      guard
        let value = pacing[offer.path, default: PathPacing()].due(
          offer.value, at: update.now, isUrgent: offer.isUrgent)
      else { continue }
      if let meta = offer.meta, value != .null {
        sentPath = sentPath ?? offer.path
        if pathsWithMeta.insert(offer.path).inserted, let lacking = server.lacking(meta, offer.path)
        {
          metas.append(.init(path: offer.path, value: lacking))
        }
      }
      let time = value == .null ? update.time : offer.time ?? update.time
      values.append((time, .init(path: offer.path, value: value)))
    }
    return deltas(metas: metas, values: values, at: update.time)
  }

  /// One delta for the metas and one for the values, which are grouped by their time.
  private func deltas(
    metas: [SignalKDelta.Entry<SignalKMeta>],
    values: [(time: Int64, entry: SignalKDelta.Entry<SignalKValue>)], at time: Int64
  ) -> [SignalKDelta] {
    var deltas: [SignalKDelta] = []
    if !metas.isEmpty {
      let update = SignalKDelta.Update(
        source: sourceReference, timestamp: SignalKTimestamp.text(time), meta: metas)
      deltas.append(SignalKDelta(updates: [update]))
    }
    let groups = Dictionary(grouping: values) { $0.time / 1_000_000 }
    if !groups.isEmpty {
      let updates = groups.sorted { $0.key < $1.key }.map { milliseconds, values in
        SignalKDelta.Update(
          source: sourceReference, timestamp: SignalKTimestamp.text(milliseconds * 1_000_000),
          values: values.map(\.entry))
      }
      deltas.append(SignalKDelta(updates: updates))
    }
    return deltas
  }
}

extension SignalKServerKnowledge {
  /// The meta of a path that is right to send, or `nil` for none.
  fileprivate func lacking(_ ours: SignalKMeta, _ path: String) -> SignalKMeta? {
    // Where the server did not tell, nothing is sent that a user may have edited.
    guard let meta else { return ours.essentials }
    return ours.lacking(in: meta[path])
  }
}
