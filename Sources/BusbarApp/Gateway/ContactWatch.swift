import BatteryModel
import CANFrames

/// Decides whether a battery is heard, and why not, without a clock or a thread.
///
/// A battery is lost five seconds after its last frame, and at once when its interface goes down.
/// It is found again when it has been heard for two seconds, so that a loose contact does not make
/// alarms come and go. All times are on the clock that ages are counted on, in nanoseconds, unless
/// they are said to be of the wall clock.
struct ContactWatch: Sendable {
  /// What happened, for the log; each is told once.
  enum Change: Hashable, Sendable {
    /// The battery is heard for the first time.
    case found
    /// It is not heard any more, or the reason is another one now.
    case lost(BatteryOutage)
    /// It is heard again, after so many nanoseconds.
    case foundAgain(after: Int64, BatteryOutage)
  }

  private static let silenceLimit = BatterySnapshot.shortestTimeout
  private static let steadyTime: Int64 = 2_000_000_000

  private enum Controller { case active, passive, busOff }

  /// Whether the dialect is being found out, so that frames which are not understood are no outage.
  var isIdentifying = false

  private var started: Int64?
  /// Since when there was something to hear the battery on: silence before it means nothing.
  private var listeningFrom: Int64?
  private var failure: String?
  private var isDown = false
  private var controller = Controller.active
  private var lastFrame: Int64?
  private var lastOfBattery: Int64?
  /// Since when the battery has been heard without a pause, after it was lost.
  private var heardFrom: Int64?
  private var known: (contact: BatteryContact, from: Int64)?
  /// A reason that is not told yet, and since when it holds.
  private var candidate: (reason: BatteryOutage.Reason, from: Int64)?

  /// Call when the source was opened.
  ///
  /// - Parameters:
  ///   - now: The time on the clock that ages are counted on.
  ///   - state: How the kernel says the interface's controller is; `nil` if it does not say. Later
  ///     changes come as error frames.
  mutating func opened(now: Int64, state: CANController.State? = nil) {
    listeningFrom = now
    failure = nil
    isDown = false
    controller =
      switch state {
      case .passive: .passive
      case .busOff: .busOff
      default: .active
      }
  }

  /// Call when the source cannot be opened or read.
  mutating func failed(_ reason: String) { failure = reason }

  /// Takes note of the frames that came from the battery's bus, as far as that is known, and of
  /// what the source told.
  mutating func take(_ frames: [CANFrame], _ events: [FrameBatch.PlacedEvent], now: Int64) {
    for placed in events {
      switch placed.event.kind {
      case .interfaceDown: isDown = true
      case .interfaceUp:
        listeningFrom = now
        isDown = false
        controller = .active
      case .framesDropped, .gap, .clockStep: break
      }
    }
    for frame in frames {
      guard let report = CANErrorReport(frame) else {
        lastFrame = now
        continue
      }
      if report.isRecovered {
        controller = .active
      } else if report.isBusOff {
        controller = .busOff
      } else if report.isPassive {
        controller = .passive
      }
    }
  }

  /// Call for a frame of the battery's own that was understood.
  mutating func heardBattery(now: Int64) {
    heardFrom = heardFrom ?? now
    lastOfBattery = now
  }

  /// What is to be published: as ``judge(now:time:)`` found it, but a battery that was never heard
  /// is not lost before it had the time to say something.
  func contact(now: Int64) -> BatteryContact? {
    guard let known, let started else { return nil }
    if lastOfBattery == nil, now - started < Self.silenceLimit { return nil }
    return known.contact
  }

  /// Judges anew; call a few times a second.
  ///
  /// - Parameters:
  ///   - now: The time on the clock that ages are counted on.
  ///   - time: The same moment in nanoseconds since 1970.
  /// - Returns: What is worth a line in the log.
  mutating func judge(now: Int64, time: Int64) -> Change? {
    let started = started ?? now
    self.started = started
    guard let reason = reason(now: now, started: started) else { return found(now: now) }
    heardFrom = nil
    switch known?.contact {
    case .lost(let outage):
      guard outage.reason != reason, isCertain(outage.reason) || isSteady(reason, now: now) else {
        return nil
      }
      return lose(BatteryOutage(reason, since: outage.since), now: now)
    case .heard, nil:
      let silence = now - (lastOfBattery ?? started)
      return lose(BatteryOutage(reason, since: time - silence), now: now)
    }
  }

  private mutating func lose(_ outage: BatteryOutage, now: Int64) -> Change {
    let from = if let known, case .lost = known.contact { known.from } else { now }
    known = (.lost(outage), from)
    candidate = nil
    return .lost(outage)
  }

  private mutating func found(now: Int64) -> Change? {
    guard let lastOfBattery else { return nil }
    switch known?.contact {
    case .heard: return nil
    case nil:
      known = (.heard, now)
      return .found
    case .lost(let outage):
      guard now - (heardFrom ?? now) >= Self.steadyTime else { return nil }
      let silence = (heardFrom ?? lastOfBattery) - (known?.from ?? lastOfBattery)
      known = (.heard, now)
      candidate = nil
      return .foundAgain(after: max(0, silence), outage)
    }
  }

  /// Why the battery is not heard; `nil` if it is, or has some time left to say something.
  private func reason(now: Int64, started: Int64) -> BatteryOutage.Reason? {
    if let failure { return .sourceFailed(failure) }
    if isDown { return .interfaceDown }
    let lastSign = max(lastOfBattery ?? started, listeningFrom ?? started)
    guard now - lastSign > Self.silenceLimit else { return nil }
    switch controller {
    case .busOff: return .busOff
    case .passive: return .errorPassive
    case .active: break
    }
    guard let lastFrame, now - lastFrame <= Self.silenceLimit else { return .busSilent }
    if isIdentifying { return nil }
    return lastOfBattery == nil ? .notUnderstood : .batterySilent
  }

  /// Whether a reason is known and not only concluded from silence.
  private func isCertain(_ reason: BatteryOutage.Reason) -> Bool {
    switch reason {
    case .sourceFailed, .interfaceDown, .busOff: true
    case .errorPassive, .busSilent, .batterySilent, .notUnderstood: false
    }
  }

  /// Whether a new reason is to be told: at once if it is certain, else when it has lasted.
  private mutating func isSteady(_ reason: BatteryOutage.Reason, now: Int64) -> Bool {
    if isCertain(reason) { return true }
    if candidate?.reason != reason { candidate = (reason, now) }
    return now - (candidate?.from ?? now) >= Self.silenceLimit
  }
}
