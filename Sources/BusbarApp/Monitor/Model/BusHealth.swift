import CANFrames

/// How the bus is: traffic, losses, errors, outages.
package struct BusHealth: Sendable {
  /// Something that happened, with the time on the bus; `nil` where the source has none.
  package struct Happening: Hashable, Sendable {
    package var time: Int64?
    package var text: String
  }

  /// So many happenings are kept, the newest ones.
  private static let happeningLimit = 16

  package private(set) var frameCount = 0
  package private(set) var lostCount = 0
  package private(set) var errorCount = 0
  /// The newest happenings, the newest last.
  package private(set) var happenings: [Happening] = []
  /// Whether the interface is up, as far as the source tells.
  package private(set) var isUp = true
  /// What the controller said of itself last, in words; `nil` if it said nothing.
  package private(set) var controllerState: String?
  private var meter = TrafficMeter()

  mutating func count(bits: Int, at time: Int64) {
    frameCount += 1
    meter.count(bits: bits, at: time)
  }

  func rate(at time: Int64) -> TrafficMeter.Rate? { meter.rate(at: time) }

  /// Takes note of an event.
  ///
  /// - Parameters:
  ///   - event: What happened to the stream of frames.
  ///   - bus: The name of its bus, if it has one.
  mutating func take(_ event: BusEvent, bus: String?) {
    switch event.kind {
    case .framesDropped(let count): lostCount += count
    case .interfaceDown: isUp = false
    case .interfaceUp: isUp = true
    case .gap, .clockStep: break
    }
    note(event.timestamp, (bus.map { "\($0): " } ?? "") + event.description)
  }

  /// Takes note of an error frame.
  mutating func take(_ report: CANErrorReport, time: Int64?) {
    errorCount += 1
    if let state = report.controllerState { controllerState = state }
    let text = "error frame: \(report)"
    // A broken bus says the same thousands of times a second.
    if let last = happenings.last, last.text == text {
      happenings[happenings.count - 1].time = time
    } else {
      note(time, text)
    }
  }

  /// Takes note of anything else that is worth a line.
  mutating func note(_ time: Int64?, _ text: String) {
    happenings.append(Happening(time: time, text: text))
    if happenings.count > Self.happeningLimit { happenings.removeFirst() }
  }
}

extension CANErrorReport {
  /// The controller's state in two words, if the report tells of it.
  fileprivate var controllerState: String? {
    if isBusOff { return "bus off" }
    guard classes & 0x104 != 0 else { return nil }
    let words = description
    if words.contains("passive") { return "error passive" }
    if words.contains("warning") { return "error warning" }
    if words.contains("error-active") || words.contains("restarted") { return "error active" }
    return nil
  }
}
