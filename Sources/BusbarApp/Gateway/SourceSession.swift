import BMSDialects
import BatteryModel
import CANFrames
import CANInterfaces
import Logging

/// What goes on while a source is read, and outlives a source that fails and is opened again.
///
/// Frames become the battery's state, and what is worth telling is told, counted and logged.
struct SourceSession: ~Copyable {
  private let part: SourcePart
  private var monitor: BatteryMonitor
  private var doubts = DoubtLog()
  private var events = EventLog()
  /// Whether the source was ever open.
  private(set) var wasOpen = false
  private var hasFailed = false
  private var toldBus: UInt8?

  private var title: String { part.title }

  init(_ part: SourcePart) {
    self.part = part
    let pinned = part.pin?.dialect()
    monitor = BatteryMonitor(part.settings.choice, pinned: pinned)
    if let pinned, case .automatic = part.settings.choice {
      part.logger.notice("\(part.title): dialect \(pinned.name), as last time")
    }
  }

  mutating func opened() {
    if hasFailed {
      part.logger.notice("\(title): open")
      part.reporter.became(.starting, "open, and nothing heard yet")
    }
    hasFailed = false
    wasOpen = true
    monitor.sourceOpened(
      now: SystemClock.sinceBoot, controller: part.settings.controller?.state)
    part.reporter.progressed()
  }

  mutating func failed(_ reason: String) {
    hasFailed = true
    monitor.sourceFailed(reason)
    passTime()
  }

  /// Takes what was read, and tells what follows from it.
  mutating func take(_ batch: FrameBatch, buses: BusNames, isLast: Bool) {
    for consumer in part.consumers {
      consumer.take(batch, battery: part.settings.id, buses: buses)
    }
    let (now, time) = (SystemClock.sinceBoot, SystemClock.realtime)
    for decision in monitor.take(batch, now: now) { log(decision) }
    if let bus = monitor.ownBus, bus != toldBus, buses.names.count > 1 {
      toldBus = bus
      let name = buses[bus] ?? "\(bus)"
      part.logger.notice("\(title): the battery is on \(name); what other buses say is not its")
    }
    var lost = 0
    for placed in batch.events {
      if case .framesDropped(let count) = placed.event.kind { lost += count }
      if let line = events.line(placed.event, now: now) {
        part.logger.warning("\(buses[placed.event.bus] ?? part.settings.source): \(line)")
      }
    }
    part.reporter.counted(batch.frames.count, lost: lost)
    if isLast { for decision in monitor.finish(now: now) { log(decision) } }
    // At the time of the batch: what its decoding takes is no silence of the battery's.
    tell(now: now, time: time)
  }

  /// Call now and then while there is no source to read.
  mutating func passTime() { tell(now: SystemClock.sinceBoot, time: SystemClock.realtime) }

  private mutating func tell(now: Int64, time: Int64) {
    if let decision = monitor.judgeContact(now: now, time: time) { log(decision) }
    if let update = monitor.update(now: now, time: time) { part.hub.tell(update) }
    part.reporter.progressed()
  }

  private mutating func log(_ decision: BatteryMonitor.Decision) {
    switch decision {
    case .dialect(let candidate):
      let percent = min(99, Int(candidate.probability * 100))
      let name = candidate.dialect.map { "\($0.name) (\($0.title))" } ?? "none"
      part.logger.notice("\(title): dialect \(name), \(percent) % sure")
      keep(candidate)
    case .noDialect:
      if let line = events.line("no dialect of a BMS fits what is on the bus; still listening") {
        part.logger.warning("\(title): \(line)")
      }
    case .changed(let old, let candidate):
      let name = candidate.dialect?.name ?? "?"
      part.logger.warning("\(title): the battery now speaks \(name) and no longer \(old)")
      keep(candidate)
      part.reporter.became(.working, monitor.dialect.map { "dialect \($0.name)" })
    case .doubt(let doubt):
      if let line = doubts.line(doubt, now: SystemClock.sinceBoot) {
        part.logger.warning("\(title): not published: \(line)")
      }
    case .found:
      part.reporter.became(.working, monitor.dialect.map { "dialect \($0.name)" })
      part.logger.info("\(title): the battery is heard")
    case .lost(let outage):
      part.reporter.became(.failing, "\(outage.reason)")
      part.logger.warning(
        "\(title): not heard since \(UTCTime.text(outage.since, .seconds)): \(outage.reason)")
    case .foundAgain(let time, let outage):
      part.reporter.became(.working, monitor.dialect.map { "dialect \($0.name)" })
      part.logger.notice(
        "\(title): recovered after \(Words.duration(time)) (\(outage.reason))")
    }
  }

  /// Remembers which dialect the battery speaks.
  private mutating func keep(_ candidate: DialectCandidate) {
    guard case .automatic = part.settings.choice, let pin = part.pin,
      let name = candidate.dialect?.name
    else { return }
    do {
      try pin.keep(name, since: UTCTime.text(SystemClock.realtime, .seconds))
    } catch {
      part.logger.warning("\(title): the dialect is not kept for the next start: \(error)")
    }
  }
}
