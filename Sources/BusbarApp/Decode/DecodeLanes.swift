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
  /// What was counted of buses on which nothing was said, with their names, by their numbers.
  private var silent: [UInt8: (name: String, tally: FrameTally)] = [:]
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
    let others = silent.sorted { $0.key < $1.key }.map(\.value)
    let said = used.map { (name: lanes[$0].name, tally: lanes[$0].tally) }
    // Of a source without any frames, what happened is the source's.
    guard places.isEmpty, said.count == 1, others.count == 1 else { return said + others }
    return [(said[0].name, others[0].tally)]
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
  ///   - beginnings: What was heard of each bus. One that was hardly heard yet goes on waiting.
  ///   - isWhole: Whether nothing more comes, so that every bus is to be judged.
  ///   - buses: The names of the buses.
  ///   - text: What the outputs' beginnings are appended to.
  /// - Throws: ``SeveralBusesError`` if there are more buses than the output has columns for.
  mutating func begin(
    _ beginnings: BusBeginnings, isWhole: Bool, _ buses: BusNames, into text: inout [UInt8]
  ) throws(SeveralBusesError) {
    let heard = beginnings.buses.enumerated().filter { !$0.element.frames.isEmpty }
    for (bus, _) in heard { try addLane(for: UInt8(bus), buses) }
    for (bus, ahead) in heard {
      guard let place = places[UInt8(bus)] else { continue }
      // The columns of a dialect that was given are there at once.
      if isWhole || !choice.isAutomatic || beginnings.canBeJudged(bus) {
        lanes[place].begin(with: ahead, into: &text)
      }
    }
  }

  /// Takes what was received, in its order; call with an empty batch too, so that time can pass.
  ///
  /// - Throws: ``SeveralBusesError`` as ``begin(_:isWhole:_:into:)``.
  mutating func take(
    _ batch: FrameBatch, _ buses: BusNames, into text: inout [UInt8]
  ) throws(SeveralBusesError) {
    try batch.forEachRun { (run) throws(SeveralBusesError) in
      guard let first = run.first else { return }
      if places[first.bus] == nil, run.contains(where: { $0.kind != .error }) {
        try addLane(for: first.bus, buses)
      }
      guard let place = places[first.bus] else {
        for frame in run { tellError(frame, buses) }
        return
      }
      for frame in run where frame.kind == .error { tellError(frame, buses) }
      lanes[place].take(run, buses: buses, into: &text)
    } event: { (event) throws(SeveralBusesError) in
      tell(event, buses)
    }
    for place in lanes.indices where lanes[place].isWaiting {
      lanes[place].take([], buses: buses, into: &text)
    }
  }

  /// Counts and tells what happened on a bus, whether anything was said there or not.
  mutating func tell(_ event: BusEvent, _ buses: BusNames) {
    if case .framesDropped(let count) = event.kind {
      tally(of: event.bus, buses) { $0.lost += count }
    }
    notices.tell("\(buses[event.bus] ?? name ?? "-"): \(event)")
  }

  /// Counts an error frame of a bus, and tells the first of its kind.
  mutating func tellError(_ frame: CANFrame, _ buses: BusNames) {
    guard let report = CANErrorReport(frame) else { return }
    var isFirst = false
    tally(of: frame.bus, buses) { isFirst = $0.addError(report) }
    if isFirst { notices.tell("\(buses[frame.bus] ?? name ?? "-"): error frame: \(report)") }
  }

  private mutating func tally(
    of bus: UInt8, _ buses: BusNames, _ body: (inout FrameTally) -> Void
  ) {
    if let place = places[bus] {
      body(&lanes[place].tally)
    } else {
      body(&silent[bus, default: (name: buses[bus] ?? "-", tally: FrameTally())].tally)
    }
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
    if let counted = silent.removeValue(forKey: bus) {
      lanes[lanes.count - 1].tally = counted.tally
    }
    guard name == nil || places.count > 1 else { return }
    for (bus, place) in places { lanes[place].standsAmongOthers(as: buses[bus] ?? "-") }
    if places.count > 1, choice.isAutomatic, lanes.contains(where: { !$0.canBeginAgain }) {
      throw SeveralBusesError(buses: lanes.map(\.name))
    }
  }
}
