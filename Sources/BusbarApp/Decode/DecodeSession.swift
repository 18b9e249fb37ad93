import CANFrames
package import CANInterfaces

/// Reads a source to its end, decodes every frame and writes it: what `busbar decode` does.
package struct DecodeSession<Source: FrameSource & ~Copyable>: ~Copyable {
  /// How long a read waits before the session looks around, in milliseconds.
  private static var waitingMilliseconds: Int32 { 200 }
  /// In front of a line of several buses' tables.
  private static var prefixWidth: Int { 14 }

  package private(set) var source: Source
  private var lanes: [DecodeLane]
  /// Makes the lane of another bus; `nil` if all buses share one.
  private let makeLane: ((String) -> DecodeLane)?

  /// Decodes a source as a whole.
  ///
  /// - Parameters:
  ///   - source: Where frames come from.
  ///   - output: How they are written.
  ///   - choice: The dialect, or that it is to be found out.
  ///   - name: What to call the source in notices.
  ///   - notices: Where to tell people what happens.
  package init(
    _ source: consuming Source, _ output: any DecodeOutput, choice: DialectChoice, name: String,
    notices: any Notices
  ) {
    self.source = source
    lanes = [DecodeLane(output, choice: choice, name: name, notices: notices, sink: DecodeSink())]
    makeLane = nil
  }

  /// Decodes each bus of a source for itself, with a dialect of its own.
  ///
  /// - Parameters:
  ///   - source: Where frames come from.
  ///   - showsBus: Whether each line begins with the name of its bus.
  ///   - choice: The dialect of all buses, or that each is to be found out.
  ///   - notices: Where to tell people what happens.
  ///   - output: Makes what writes one bus's frames.
  package init(
    eachBusOf source: consuming Source, showsBus: Bool, choice: DialectChoice,
    notices: any Notices, output: @escaping () -> any DecodeOutput
  ) {
    self.source = source
    lanes = []
    makeLane = { name in
      let prefix = showsBus ? ColumnText.left(name, Self.prefixWidth) : ""
      let gap = prefix.isEmpty || prefix.hasSuffix(" ") ? "" : " "
      return DecodeLane(
        output(), choice: choice, name: name, notices: notices,
        sink: DecodeSink(prefix: prefix + gap))
    }
  }

  /// What was counted, by the name of the source or of each bus.
  package var tallies: [(name: String, tally: FrameTally)] { lanes.map { ($0.name, $0.tally) } }

  /// What was counted of a source that is decoded as a whole.
  package var tally: FrameTally { lanes.first?.tally ?? FrameTally() }

  /// Runs until the source ends or is stopped.
  ///
  /// - Throws: ``SourceError`` if the source fails, ``OutputError`` if nobody can read any more.
  package mutating func run() throws {
    var batch = FrameBatch()
    var state = SourceState.open
    while state == .open {
      batch.removeAll()
      state = try source.read(into: &batch, waitingMilliseconds: Self.waitingMilliseconds)
      let buses = source.buses
      if makeLane == nil {
        try lanes[0].take(batch, buses: buses)
      } else {
        try split(batch, buses)
      }
    }
    for index in lanes.indices { try lanes[index].finish(buses: source.buses) }
  }

  private mutating func split(_ batch: FrameBatch, _ buses: BusNames) throws {
    var parts: [FrameBatch] = lanes.map { _ in FrameBatch() }
    batch.forEach { frame in
      parts[lane(frame.bus, buses, &parts)].append(frame)
    } event: { event in
      parts[lane(event.bus, buses, &parts)].append(event)
    }
    for (index, part) in parts.enumerated() { try lanes[index].take(part, buses: buses) }
  }

  /// The lane of a bus; buses are numbered without a gap.
  private mutating func lane(
    _ bus: UInt8, _ buses: BusNames, _ parts: inout [FrameBatch]
  ) -> Int {
    while lanes.count <= Int(bus), let makeLane {
      lanes.append(makeLane(buses[UInt8(lanes.count)] ?? "-"))
      parts.append(FrameBatch())
    }
    return Int(bus)
  }
}
