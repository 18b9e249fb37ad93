import CANFrames
package import CANInterfaces

/// Reads a source to its end, decodes every frame and writes it: what `busbar decode` does.
///
/// Each bus is decoded for itself, with a dialect of its own: two batteries, or a battery and an
/// engine, may stand in one log. What is written is in the order of the frames; only the first ones
/// of a bus that is heard late come once it is clear what it speaks.
package struct DecodeSession<Source: FrameSource & ~Copyable>: ~Copyable {
  /// How long a read waits before the session looks around, in milliseconds.
  private static var waitingMilliseconds: Int32 { 200 }

  package private(set) var source: Source
  private var lanes: DecodeLanes
  /// What was learnt while it is not yet clear which dialects there are; `nil` afterwards.
  private var beginnings: BusBeginnings?
  /// The frames that wait for that, in their order.
  private var held = FrameBatch()
  private var text: [UInt8] = []

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
    lanes = DecodeLanes(name: name, choice: choice, notices: notices) { laneName in
      DecodeLane(output(), choice: choice, name: laneName, notices: notices, showsBus: showsBus)
    }
    beginnings = lanes.beginnings
  }

  /// What was counted, by the name of the source or of each bus.
  package var tallies: [(name: String, tally: FrameTally)] { lanes.tallies }

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
      if beginnings == nil {
        try write(batch, buses)
      } else {
        hold(batch, buses)
        if beginnings?.isEnough == true { try endBeginnings(buses, isWhole: false) }
      }
    }
    try endBeginnings(source.buses, isWhole: true)
    lanes.finish(buses: source.buses, into: &text)
    try StandardOutput().flush(&text)
  }

  /// Keeps frames for later; what happened on the buses is told at once.
  private mutating func hold(_ batch: FrameBatch, _ buses: BusNames) {
    for placed in batch.events { lanes.tell(placed.event, buses) }
    for frame in batch.frames {
      if frame.kind == .error {
        lanes.tellError(frame, buses)
      } else {
        held.append(frame)
      }
    }
    beginnings?.take(batch, now: SystemClock.sinceBoot)
  }

  private mutating func endBeginnings(_ buses: BusNames, isWhole: Bool) throws {
    guard let beginnings else { return }
    self.beginnings = nil
    try lanes.begin(beginnings, isWhole: isWhole, buses, into: &text)
    try write(held, buses)
    held = FrameBatch()
  }

  private mutating func write(_ batch: FrameBatch, _ buses: BusNames) throws {
    // What was decoded before a bus that cannot be written is written.
    let outcome = Result { () throws(SeveralBusesError) in
      try lanes.take(batch, buses, into: &text)
    }
    if !text.isEmpty { try StandardOutput().flush(&text) }
    try outcome.get()
  }
}
