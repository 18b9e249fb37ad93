package import CANFrames

/// Brings a log into a store: every frame that has a date and is not there already.
///
/// Idempotent, and therefore resumable: an import that was interrupted is run again, and passes
/// over what it stored the first time.
package struct LogImporter: ~Copyable {
  /// What has become of the log's frames.
  package struct Counts: Hashable, Sendable {
    package var added = 0
    /// In the store already.
    package var known = 0
    /// Without a date, so that nobody could tell when they belong.
    package var undated = 0
  }

  package private(set) var counts = Counts()
  private var appender: StoreAppender
  private var known: KnownFrames
  private var piece = LogImporter.emptyPiece
  /// The buses of the log and of what the store has from the same time.
  private var names: [String?] = []
  /// Where the log's own buses are among them.
  private var places: [UInt8] = []
  private let log: String
  private let precision: TimeUnit
  private var hasBegun = false

  private static var emptyPiece: RecordPiece { RecordPiece(clockOffset: nil, clockIsSet: true) }

  /// - Parameters:
  ///   - store: Where the frames go.
  ///   - log: The log's name, for people.
  ///   - precision: What times are rounded down to.
  /// - Throws: If the store cannot be read.
  package init(
    _ store: FrameStore, log: String, precision: TimeUnit
  ) throws(StoreError) {
    known = try KnownFrames(store)
    appender = StoreAppender(store, source: log, boot: nil, precision: precision)
    self.log = log
    self.precision = precision
  }

  /// Takes a piece of the log.
  ///
  /// - Parameters:
  ///   - batch: The frames and events.
  ///   - buses: The names behind their bus indices, which may grow but never change.
  /// - Throws: If the store cannot be read or written.
  package mutating func add(_ batch: borrowing FrameBatch, buses: BusNames) throws(StoreError) {
    while places.count < buses.names.count { addBus(buses.names[places.count]) }
    var events = batch.events.makeIterator()
    var event = events.next()
    for (index, frame) in batch.frames.enumerated() {
      while let placed = event, placed.position <= index {
        add(placed.event, buses)
        event = events.next()
      }
      guard frame.timestamp >= CANFrame.firstAbsoluteTime else {
        counts.undated += 1
        continue
      }
      var frame = frame
      frame.bus = Int(frame.bus) < places.count ? places[Int(frame.bus)] : 0
      frame.timestamp -= frame.timestamp % precision.nanoseconds
      guard !piece.append(frame) else { continue }
      try write()
      _ = piece.append(frame)
    }
    while let placed = event {
      add(placed.event, buses)
      event = events.next()
    }
  }

  /// Writes what is left; call once, at the end of the log.
  package mutating func finish() throws(StoreError) {
    try write()
    if hasBegun {
      try appender.append([], buses: BusNames(Array(names.prefix(256))), sealing: true)
    }
  }

  private mutating func add(_ event: BusEvent, _ buses: BusNames) {
    guard event.timestamp >= CANFrame.firstAbsoluteTime else { return }
    piece.append(StoreEvent(.bus(event.kind), time: event.timestamp, bus: buses[event.bus]))
  }

  private mutating func addBus(_ name: String?) {
    if let place = names.firstIndex(of: name) {
      places.append(UInt8(truncatingIfNeeded: place))
    } else {
      // Beyond 256 buses the last index stands for the rest, as in the log's own names.
      places.append(UInt8(min(names.count, 255)))
      names.append(name)
    }
  }

  /// Stores what is new of the present piece.
  private mutating func write() throws(StoreError) {
    let old = piece
    piece = Self.emptyPiece
    let isKnown = try known.isKnown(old.frames, names: &names)
    var fresh = Self.emptyPiece
    var events = old.events.makeIterator()
    var event = events.next()
    for (index, frame) in old.frames.enumerated() {
      while let placed = event, placed.frameIndex <= index {
        if try !known.isKnown(placed.event) { fresh.append(placed.event) }
        event = events.next()
      }
      if isKnown[index] {
        counts.known += 1
      } else {
        counts.added += 1
        _ = fresh.append(frame)
      }
    }
    while let placed = event {
      if try !known.isKnown(placed.event) { fresh.append(placed.event) }
      event = events.next()
    }
    guard !fresh.isEmpty else { return }
    if !hasBegun {
      fresh.prepend(StoreEvent(.imported(log: log), time: fresh.times.lowerBound))
      hasBegun = true
    }
    try appender.append([fresh], buses: BusNames(Array(names.prefix(256))))
  }
}
