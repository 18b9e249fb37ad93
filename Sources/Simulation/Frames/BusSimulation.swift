package import BMSDialects
package import CANFrames

/// A bus with a battery that is not there: frames in the order and at the times in which they come.
///
/// Pure: no clock and no file. The same profile, seed and dialect give the same frames.
package struct BusSimulation: Sendable {
  /// A battery and its place in the round of its frames.
  private struct Sender: Sendable {
    var battery: SimulatedBattery
    var schedule: FrameSchedule
    var slot = 0
    /// When the next slot is, from the beginning, in ns.
    var nextTime: Int64
  }

  /// When the simulation begins, in ns since 1970.
  package let start: Int64
  private let product: SimulatedProduct
  private let dialect: Dialect
  private let faults: [Fault]
  private var senders: [Sender]
  private var random: SplitMix64
  /// What is wrong with the bus in ``second``.
  private var state = BusFaults()
  private var second = -1

  /// - Parameters:
  ///   - product: What is simulated.
  ///   - dialect: Its dialect.
  ///   - profile: What happens to it.
  ///   - faults: What goes wrong, besides the profile's own.
  ///   - firmware: Its software, such as `2.6`.
  ///   - seed: Decides everything that is left to chance.
  ///   - start: When it begins, in ns since 1970.
  package init(
    _ product: SimulatedProduct, _ dialect: Dialect, profile: Profile, faults: [Fault] = [],
    firmware: String = "2.6", seed: UInt64, start: Int64
  ) {
    self.product = product
    self.dialect = dialect
    self.start = start
    self.faults = profile.faults + faults
    random = SplitMix64(seed: seed &+ 3)
    let hasSecond = self.faults.contains { $0.kind == .secondBMS }
    senders = (1...(hasSecond ? 2 : 1)).map { number in
      Sender(
        battery: SimulatedBattery(
          profile, product: product, faults: number == 1 ? faults : [],
          seed: seed &+ UInt64(number - 1) &* 1000),
        schedule: FrameSchedule(product, dialect, number: number, firmware: firmware),
        nextTime: number == 1 ? 0 : 61_000_000)
    }
  }

  /// The battery.
  package var battery: SimulatedBattery { senders[0].battery }

  /// How far the simulation has come, in ns from its beginning: when the next slot is.
  package var elapsed: Int64 {
    senders.count == 1 ? senders[0].nextTime : min(senders[0].nextTime, senders[1].nextTime)
  }

  /// Appends the frames of all slots before a time, at most about `limit` of them.
  ///
  /// - Parameters:
  ///   - batch: Where frames and events go.
  ///   - end: From the beginning, in ns.
  ///   - limit: After how many slots to return in any case.
  /// - Returns: Whether there is no more slot before `end`.
  package mutating func run(
    into batch: inout FrameBatch, before end: Int64, limit: Int = .max
  ) -> Bool {
    for _ in 0..<limit {
      let index = senders.count > 1 && senders[1].nextTime < senders[0].nextTime ? 1 : 0
      let time = senders[index].nextTime
      guard time < end else { return true }
      let now = Int(time / 1_000_000_000)
      if now != second { secondBegan(now, &batch) }
      let slot = senders[index].slot
      let message = senders[index].schedule.slots[slot]
      senders[index].slot = slot + 1 == senders[index].schedule.slots.count ? 0 : slot + 1
      senders[index].nextTime = time + senders[index].schedule.slotDuration
      if let message, index == 0 || state.hasSecondBMS { send(message, index, time, &batch) }
    }
    return elapsed >= end
  }
}

extension BusSimulation {
  private mutating func send(
    _ message: EncodedMessage, _ index: Int, _ time: Int64, _ batch: inout FrameBatch
  ) {
    let stamp = start + time + state.clockOffset
    if state.hasWrongBitRate {
      if !state.isSilent { append(SimulatedErrorFrame.stuffing, at: stamp, &batch) }
      return
    }
    if state.isSilent || state.isBusOff || state.missing.contains(message.identifier) { return }
    if state.hasErrorFrames, random.unit() < 0.3 {
      append(SimulatedErrorFrame.stuffing, at: stamp - 200_000, &batch)
    }
    var frame = message.frame(senders[index].battery.report, timestamp: stamp, bus: 0)
    if state.corruptedShare > 0, random.unit() < state.corruptedShare, frame.length > 0 {
      let bit = random.next() % UInt64(8 * frame.length)
      frame = CANFrame(
        timestamp: stamp, identifier: frame.identifier, payload: frame.payload ^ 1 << bit,
        length: frame.length)
    }
    batch.append(frame)
  }

  private func append(_ error: CANFrame, at stamp: Int64, _ batch: inout FrameBatch) {
    var error = error
    error.timestamp = stamp
    batch.append(error)
  }

  /// Lets the batteries catch up, and works out what is wrong with the bus from now on.
  private mutating func secondBegan(_ now: Int, _ batch: inout FrameBatch) {
    for index in senders.indices {
      while senders[index].battery.seconds <= now { senders[index].battery.secondPassed() }
    }
    let former = second
    second = now
    guard !faults.isEmpty else { return }
    let last = state
    state = BusFaults(faults, at: Double(now))
    let stamp = start + Int64(now) * 1_000_000_000 + state.clockOffset
    if state.clockOffset != last.clockOffset {
      let step = state.clockOffset - last.clockOffset
      batch.append(BusEvent(.clockStep(nanoseconds: step), timestamp: stamp, bus: 0))
    }
    if state.isBusOff != last.isBusOff {
      let report = state.isBusOff ? SimulatedErrorFrame.busOff : SimulatedErrorFrame.restarted
      append(report, at: stamp, &batch)
    }
    for fault in faults where Int(fault.start) > former && Int(fault.start) <= now {
      switch fault.kind {
      case .restart: senders[0].battery.restart(forgetting: true, firmware: nil)
      case .firmware(let version):
        senders[0].battery.restart(forgetting: false, firmware: version)
        senders[0].schedule = FrameSchedule(product, dialect, firmware: version)
      default: break
      }
    }
  }
}
