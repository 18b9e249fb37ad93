import BatteryModel

/// Turns a battery's state into everything that could be said of it now.
struct SignalKOfferSource: Sendable {
  private struct Alarm: Sendable {
    let subject: AlarmSubject
    let path: String
    var level = AlarmLevel()
  }

  private let battery: SignalKBattery
  private let paths: [PublishedPath]
  private var alarms: [Alarm]
  private var outage = OutageNotification()

  init(battery: SignalKBattery) {
    self.battery = battery
    paths = PublishedPath.all(of: battery)
    alarms = AlarmSubject.all.map { subject in
      Alarm(subject: subject, path: battery.notificationPath(subject.segment))
    }
  }

  /// Call for each new connection: what was cleared meanwhile is cleared at once.
  mutating func connected() {
    for index in alarms.indices { alarms[index].level = AlarmLevel() }
    outage.connected()
  }

  /// What is known now of every path, and what is not.
  mutating func offers(of update: BatteryUpdate) -> [SignalKOffer] {
    var offers: [SignalKOffer] = []
    if let name = battery.name {
      let meta = SignalKMeta("Name", of: battery, "What the battery is called.", units: nil)
      offers.append(SignalKOffer(path: battery.path("name"), value: .text(name), meta: meta))
    }
    var newest: BatterySnapshot.Reading?
    for path in paths {
      let reading = update.snapshot.reading(of: path.quantity, at: update.now)
      newest = newer(newest, reading)
      let value = reading.flatMap {
        SignalKValue($0.value, of: path.row, nominalVoltage: battery.nominalVoltage)
      }
      offers.append(
        SignalKOffer(path: path.path, value: value, time: reading?.time, meta: path.meta))
    }
    offers += cellOffers(of: update)
    for index in alarms.indices {
      let readings = alarms[index].subject.readings(in: update)
      newest = newer(newer(newest, readings.alarm), readings.warning)
      offers.append(offer(ofAlarm: index, readings, at: update.now))
    }
    let notification = outage.notification(for: update, newest: newest, battery: battery)
    offers.append(
      SignalKOffer(
        path: battery.notificationPath(OutageNotification.segment),
        value: notification.map(SignalKValue.notification), time: newest?.time, isUrgent: true))
    return offers
  }

  private func newer(
    _ left: BatterySnapshot.Reading?, _ right: BatterySnapshot.Reading?
  ) -> BatterySnapshot.Reading? {
    guard let left, let right else { return left ?? right }
    return left.heard >= right.heard ? left : right
  }

  private func cellOffers(of update: BatteryUpdate) -> [SignalKOffer] {
    guard !update.snapshot.cells.isEmpty else { return [] }
    return update.snapshot.cells.known.flatMap { cell, quantity in
      let reading = update.snapshot.cells.reading(quantity, of: cell, at: update.now)
      return battery.cellPaths.ends(of: quantity, cell: cell).map { end in
        SignalKOffer(
          path: battery.path(end),
          value: reading?.value.number.map { quantity.signalKValue($0) }, time: reading?.time,
          meta: SignalKMeta(
            "Cell \(cell) \(quantity.rawValue)", of: battery,
            "\(quantity.title) of cell \(cell).", units: quantity.signalKUnit,
            scale: SignalKDisplayScale(of: quantity)))
      }
    }
  }

  private mutating func offer(
    ofAlarm index: Int, _ readings: AlarmSubject.Readings, at now: Int64
  ) -> SignalKOffer {
    let subject = alarms[index].subject
    alarms[index].level.observe(
      AlarmLevel.Finding(alarm: readings.alarm, warning: readings.warning), at: now)
    let notification = alarms[index].level.told.map { finding in
      SignalKNotification(
        state: finding.state, message: subject.message(about: battery, finding))
    }
    return SignalKOffer(
      path: alarms[index].path, value: notification.map(SignalKValue.notification),
      time: [readings.alarm?.time, readings.warning?.time].compactMap(\.self).max(),
      isUrgent: true)
  }
}

extension AlarmSubject {
  fileprivate typealias Readings = (
    alarm: BatterySnapshot.Reading?, warning: BatterySnapshot.Reading?
  )

  fileprivate func readings(in update: BatteryUpdate) -> Readings {
    func reading(_ quantity: BatteryQuantity?) -> BatterySnapshot.Reading? {
      quantity.flatMap { update.snapshot.reading(of: $0, at: update.now) }
    }
    return (reading(alarm), reading(warning))
  }
}

extension CellQuantity {
  fileprivate var signalKUnit: String {
    switch self {
    case .voltage: "V"
    case .temperature: "K"
    }
  }

  fileprivate func signalKValue(_ number: Double) -> SignalKValue {
    let converted =
      switch self {
      case .voltage: number
      case .temperature: number + 273.15
      }
    // Six decimals are finer than any BMS's resolution; adding 0 makes -0 a 0.
    return .number((converted * 1e6).rounded() / 1e6 + 0)
  }
}
