import CANFrames

/// The buses of a source, each decoded in a lane of its own.
///
/// A bus is one on which something was said: an adapter's own events, and error frames, make none.
struct DecodeLanes {
  private let name: String?
  private let choice: DialectChoice
  private let notices: any Notices
  private let make: (String) -> DecodeLane
  private var lanes: [DecodeLane]
  /// Which lane is a bus's, by the bus's number.
  private var places: [UInt8: Int] = [:]

  /// - Parameters:
  ///   - name: What to call the source as long as it has one bus; `nil` for several sources.
  ///   - choice: The dialect of all buses, or that each is to be found out.
  ///   - notices: Where to tell people what happens.
  ///   - make: Makes the lane that goes by a name.
  init(
    name: String?, choice: DialectChoice, notices: any Notices,
    make: @escaping (String) -> DecodeLane
  ) {
    self.name = name
    self.choice = choice
    self.notices = notices
    self.make = make
    if case .fixed(let dialect) = choice { DialectNotice.tellOmissions(of: dialect, notices) }
    lanes = [make(name ?? "-")]
  }

  /// What was counted, by the name of the source or of each bus.
  var tallies: [(name: String, tally: FrameTally)] {
    used.map { (lanes[$0].name, lanes[$0].tally) }
  }

  /// Nothing is known beforehand of the buses of several sources.
  private var used: Range<Int> { name == nil && places.isEmpty ? 0..<0 : lanes.indices }

  /// What has to be learnt before the first frame is written; `nil` for nothing.
  var beginnings: BusBeginnings? {
    lanes[0].needsLookAhead ? BusBeginnings(isVerdictEnough: lanes[0].isVerdictEnough) : nil
  }

  /// Begins with what a source's first frames tell.
  ///
  /// - Parameters:
  ///   - beginnings: For each bus, by its number; an empty one for a bus that was not heard.
  ///   - buses: The names of the buses.
  ///   - text: What the outputs' beginnings are appended to.
  /// - Throws: ``SeveralBusesError`` if there are more buses than the output has columns for.
  mutating func begin(
    _ beginnings: [LookAhead], _ buses: BusNames, into text: inout [UInt8]
  ) throws(SeveralBusesError) {
    let heard = beginnings.enumerated().filter { !$0.element.frames.isEmpty }
    for (bus, _) in heard { try addLane(for: UInt8(bus), buses) }
    for (bus, ahead) in heard {
      if let place = places[UInt8(bus)] { lanes[place].begin(with: ahead, into: &text) }
    }
  }

  /// Takes what was received, in its order; call with an empty batch too, so that time can pass.
  ///
  /// - Throws: ``SeveralBusesError`` as ``begin(_:_:into:)``.
  mutating func take(
    _ batch: FrameBatch, _ buses: BusNames, into text: inout [UInt8]
  ) throws(SeveralBusesError) {
    try batch.forEachRun { (run) throws(SeveralBusesError) in
      guard let first = run.first else { return }
      if places[first.bus] == nil, run.contains(where: { $0.kind != .error }) {
        try addLane(for: first.bus, buses)
      }
      lanes[place(of: first.bus)].take(run, buses: buses, into: &text)
    } event: { (event) throws(SeveralBusesError) in
      tell(event, buses)
    }
    for place in lanes.indices where lanes[place].isWaiting {
      lanes[place].take([], buses: buses, into: &text)
    }
  }

  mutating func tell(_ event: BusEvent, _ buses: BusNames) {
    lanes[place(of: event.bus)].tell(event, buses)
  }

  mutating func tellError(_ frame: CANFrame, _ buses: BusNames) {
    lanes[place(of: frame.bus)].tellError(frame, buses)
  }

  /// Appends what is left when the source has ended.
  mutating func finish(buses: BusNames, into text: inout [UInt8]) {
    for place in used { lanes[place].finish(buses: buses, into: &text) }
  }

  private mutating func addLane(for bus: UInt8, _ buses: BusNames) throws(SeveralBusesError) {
    guard places[bus] == nil else { return }
    // The first lane is the first bus's.
    if !places.isEmpty { lanes.append(make(buses[bus] ?? "-")) }
    places[bus] = lanes.count - 1
    guard name == nil || places.count > 1 else { return }
    for (bus, place) in places { lanes[place].standsAmongOthers(as: buses[bus] ?? "-") }
    if places.count > 1, case .automatic = choice, lanes.contains(where: { !$0.canBeginAgain }) {
      throw SeveralBusesError(buses: lanes.map(\.name))
    }
  }

  /// The lane that counts what happened on a bus, whether anything was said there or not.
  private func place(of bus: UInt8) -> Int { places[bus] ?? 0 }
}
