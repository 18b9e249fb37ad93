package import BatteryModel

/// Makes Signal K deltas of a battery's state, and decides what is worth sending now.
///
/// It has no clock and does no I/O: the moment comes with each update, so that a live battery, a
/// replayed log and a test are the same to it. For each connection:
///
/// - A path's meta goes out before its first value.
/// - A path gets at most one value a second, and the same value again after 15 s.
/// - An alarm is told at once and cleared after two quiet seconds.
/// - What goes absent is followed by one `null`.
package struct SignalKEncoder: Sendable {
  private struct Alarm: Sendable {
    let subject: AlarmSubject
    let path: String
    var level = AlarmLevel()
  }

  /// A value that may have to be sent, with the time at which the BMS said so.
  private struct Offer {
    var path: String
    var value: SignalKValue?
    var time: Int64?
    var meta: SignalKMeta?
    var isUrgent = false
  }

  private let battery: SignalKBattery
  private let paths: [PublishedPath]
  private var alarms: [Alarm]
  private var pacing: [String: PathPacing] = [:]
  private var pathsWithMeta: Set<String> = []
  private var server = SignalKServerKnowledge()

  /// Creates an encoder that has said nothing yet.
  package init(battery: SignalKBattery) {
    self.battery = battery
    self.paths = PublishedPath.all(of: battery)
    self.alarms = AlarmSubject.all.map { subject in
      Alarm(subject: subject, path: "notifications." + battery.path(subject.segment))
    }
  }

  /// Call for each new connection: the server may have restarted and forgotten everything.
  ///
  /// - Parameter server: What it has told of itself. Only if its process is known to be the one
  ///   of the last connection are values cleared that went absent in the meantime.
  package mutating func connected(to server: SignalKServerKnowledge = .init()) {
    let isSameServer = server.startId != nil && server.startId == self.server.startId
    self.server = server
    pathsWithMeta = []
    for path in pacing.keys { pacing[path]?.connected(isSameServer: isSameServer) }
    for index in alarms.indices { alarms[index].level = AlarmLevel() }
  }

  /// The deltas to be sent now, each one line of JSON, in this order; often none.
  package mutating func messages(for update: BatteryUpdate) -> [String] {
    var metas: [SignalKDelta.Entry<SignalKMeta>] = []
    var values: [(time: Int64, entry: SignalKDelta.Entry<SignalKValue>)] = []
    for offer in offers(of: update) {
      guard
        let value = pacing[offer.path, default: PathPacing()].due(
          offer.value, at: update.now, isUrgent: offer.isUrgent)
      else { continue }
      if let meta = offer.meta, value != .null, pathsWithMeta.insert(offer.path).inserted {
        let known = server.metaMembers[offer.path] ?? []
        metas.append(.init(path: offer.path, value: meta.keeping(known)))
      }
      let time = value == .null ? update.time : offer.time ?? update.time
      values.append((time, .init(path: offer.path, value: value)))
    }
    return deltas(metas: metas, values: values, at: update.time).map(\.json)
  }
}

extension SignalKEncoder {
  private mutating func offers(of update: BatteryUpdate) -> [Offer] {
    var offers: [Offer] = []
    if let name = battery.name {
      let meta = SignalKMeta("Name", of: battery, "What the battery is called.", units: nil)
      offers.append(Offer(path: battery.path("name"), value: .text(name), meta: meta))
    }
    for path in paths {
      let reading = update.snapshot.reading(of: path.quantity, at: update.now)
      let value = reading.flatMap {
        SignalKValue($0.value, of: path.row, nominalVoltage: battery.nominalVoltage)
      }
      offers.append(Offer(path: path.path, value: value, time: reading?.time, meta: path.meta))
    }
    for index in alarms.indices {
      offers.append(offer(ofAlarm: index, in: update))
    }
    let outage = OutageNotification(update.snapshot.contact, of: battery)
    offers.append(Offer(path: outage.path, value: outage.value, isUrgent: true))
    return offers
  }

  private mutating func offer(ofAlarm index: Int, in update: BatteryUpdate) -> Offer {
    let subject = alarms[index].subject
    let readings = [subject.alarm, subject.warning].map { quantity in
      quantity.flatMap { update.snapshot.reading(of: $0, at: update.now) }
    }
    alarms[index].level.observe(
      AlarmLevel.Finding(alarm: readings[0], warning: readings[1]), at: update.now)
    let notification = alarms[index].level.told.map { finding in
      SignalKNotification(
        state: finding.state, message: subject.message(about: battery, finding))
    }
    return Offer(
      path: alarms[index].path, value: notification.map(SignalKValue.notification),
      time: readings.compactMap { $0?.time }.max(), isUrgent: true)
  }

  /// One delta for the metas and one for the values, which are grouped by their time.
  private func deltas(
    metas: [SignalKDelta.Entry<SignalKMeta>],
    values: [(time: Int64, entry: SignalKDelta.Entry<SignalKValue>)], at time: Int64
  ) -> [SignalKDelta] {
    var deltas: [SignalKDelta] = []
    if !metas.isEmpty {
      deltas.append(SignalKDelta(updates: [updateOf(time, metas: metas)]))
    }
    let groups = Dictionary(grouping: values) { SignalKTimestamp.text($0.time) }
    if !groups.isEmpty {
      let updates = groups.sorted { $0.key < $1.key }.map { timestamp, values in
        SignalKDelta.Update(
          source: battery.sourceReference, timestamp: timestamp, values: values.map(\.entry))
      }
      deltas.append(SignalKDelta(updates: updates))
    }
    return deltas
  }

  private func updateOf(
    _ time: Int64, metas: [SignalKDelta.Entry<SignalKMeta>]
  ) -> SignalKDelta.Update {
    SignalKDelta.Update(
      source: battery.sourceReference, timestamp: SignalKTimestamp.text(time), meta: metas)
  }
}
