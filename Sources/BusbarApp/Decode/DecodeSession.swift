import CANFrames
package import CANInterfaces

/// Reads a source to its end, decodes every frame and writes it: what `busbar decode` does.
///
/// Each bus is decoded for itself, with a dialect of its own: two batteries, or a battery and an
/// engine, may stand in one log.
package struct DecodeSession<Source: FrameSource & ~Copyable>: ~Copyable {
  /// How long a read waits before the session looks around, in milliseconds.
  private static var waitingMilliseconds: Int32 { 200 }

  package private(set) var source: Source
  private let name: String?
  private let makeOutput: () -> any DecodeOutput
  private let choice: DialectChoice
  private let notices: any Notices
  private let showsBus: Bool
  private var lanes: [DecodeLane] = []
  /// Which lane is a bus's, by the bus's number.
  private var places: [UInt8: Int] = [:]

  /// - Parameters:
  ///   - source: Where frames come from.
  ///   - name: What to call the source in notices as long as it has one bus; `nil` for several
  ///     sources, whose buses always go by their own names.
  ///   - showsBus: Whether each line begins with the name of its bus if there are several.
  ///   - choice: The dialect of all buses, or that each is to be found out.
  ///   - notices: Where to tell people what happens.
  ///   - output: Makes what writes one bus's frames.
  package init(
    _ source: consuming Source, name: String?, showsBus: Bool, choice: DialectChoice,
    notices: any Notices, output: @escaping () -> any DecodeOutput
  ) {
    self.source = source
    self.name = name
    self.showsBus = showsBus
    self.choice = choice
    self.notices = notices
    makeOutput = output
    if name != nil { lanes.append(makeLane()) }
  }

  /// What was counted, by the name of the source or of each bus.
  package var tallies: [(name: String, tally: FrameTally)] { lanes.map { ($0.name, $0.tally) } }

  /// Runs until the source ends or is stopped.
  ///
  /// - Throws: ``SourceError`` if the source fails, ``OutputError`` if nobody can read any more,
  ///   ``SeveralBusesError`` if there are more buses than the output has columns for.
  package mutating func run() throws {
    var batch = FrameBatch()
    var state = SourceState.open
    while state == .open {
      batch.removeAll()
      state = try source.read(into: &batch, waitingMilliseconds: Self.waitingMilliseconds)
      let buses = source.buses
      if name != nil, buses.names.count <= 1 {
        if !batch.isEmpty { places[0] = 0 }
        try lanes[0].take(batch, buses: buses)
      } else {
        try split(batch, buses)
      }
    }
    for index in lanes.indices { try lanes[index].finish(buses: source.buses) }
  }

  private mutating func split(_ batch: FrameBatch, _ buses: BusNames) throws {
    let parts = batch.byBus
    for (bus, part) in parts.enumerated() where !part.isEmpty { makeLane(for: UInt8(bus)) }
    if name == nil || places.count > 1 { try separate(buses) }
    var waiting = Set(lanes.indices)
    for (bus, part) in parts.enumerated() {
      guard let place = places[UInt8(bus)] else { continue }
      try lanes[place].take(part, buses: buses)
      waiting.remove(place)
    }
    for place in waiting { try lanes[place].take(FrameBatch(), buses: buses) }
  }

  private mutating func makeLane(for bus: UInt8) {
    guard places[bus] == nil else { return }
    // The lane that a source begins with is its first bus's.
    if name == nil || !places.isEmpty { lanes.append(makeLane()) }
    places[bus] = lanes.count - 1
  }

  /// Has each lane go by its bus.
  private mutating func separate(_ buses: BusNames) throws {
    for (bus, place) in places { lanes[place].standsAmongOthers(as: buses[bus] ?? "-") }
    if places.count > 1, case .automatic = choice, let lane = lanes.first, !lane.canBeginAgain {
      throw SeveralBusesError(name: name ?? lane.name, buses: lanes.map(\.name))
    }
  }

  private func makeLane() -> DecodeLane {
    DecodeLane(
      makeOutput(), choice: choice, name: name ?? "-", notices: notices, showsBus: showsBus)
  }
}
