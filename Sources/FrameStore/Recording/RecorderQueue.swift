import CANFrames

/// What waits between the thread that reads a bus and the one that writes the disk.
///
/// Bounded: beyond the limit records are counted and lost, and an event says so in their place.
struct RecorderQueue: Sendable {
  /// Records to be written, in order.
  private(set) var pieces: [RecordPiece] = []
  private(set) var buses = BusNames()
  private(set) var recordCount = 0
  /// How many records were lost since the last event that said so.
  private(set) var lostCount = 0
  private(set) var lostTotal = 0
  private let limit: Int
  /// The clocks as they were when the present offset began.
  private var setting: ClockState?

  /// Two readings of an unchanged pair of clocks differ by less, in nanoseconds.
  private static let offsetNoise: UInt64 = 10_000_000

  init(limit: Int) { self.limit = limit }

  /// Appends what a source delivered.
  ///
  /// - Parameters:
  ///   - batch: The frames and events.
  ///   - buses: The names behind their bus indices, which may grow but never change.
  ///   - clock: What the clocks say now, that is just after.
  ///   - taken: How many records were taken and are not on the disk yet: they count too.
  mutating func append(
    _ batch: borrowing FrameBatch, buses: BusNames, clock: ClockState, taken: Int
  ) {
    self.buses = buses
    let room = limit - taken - recordCount
    guard batch.frames.count + batch.events.count <= room else {
      lostCount += batch.frames.count + batch.events.count
      lostTotal += batch.frames.count + batch.events.count
      return
    }
    follow(clock)
    if lostCount > 0 {
      append(StoreEvent(.notStored(lostCount), time: clock.realtime), clock)
      lostCount = 0
    }
    var last = pieces.popLast() ?? piece(clock)
    batch.forEach { frame in
      var frame = frame
      if frame.timestamp < CANFrame.firstAbsoluteTime { frame.timestamp = clock.realtime }
      if !last.append(frame) {
        pieces.append(last)
        last = RecordPiece(clockOffset: last.clockOffset, clockIsSet: last.clockIsSet)
        _ = last.append(frame)
      }
    } event: { event in
      let time = event.timestamp < CANFrame.firstAbsoluteTime ? clock.realtime : event.timestamp
      last.append(StoreEvent(.bus(event.kind), time: time, bus: buses[event.bus]))
      if case .clockStep = event.kind {
        // What follows was stamped by the clock as it is now.
        pieces.append(last)
        setting = clock
        last = piece(clock)
      }
    }
    pieces.append(last)
    recordCount += batch.frames.count + batch.events.count
  }

  /// Appends an event of the recording's own.
  mutating func append(_ event: StoreEvent, _ clock: ClockState) {
    follow(clock)
    if pieces.isEmpty { pieces.append(piece(clock)) }
    pieces[pieces.count - 1].append(event)
    recordCount += 1
  }

  /// Takes everything away, to be written.
  mutating func take() -> (pieces: [RecordPiece], recordCount: Int) {
    defer { (pieces, recordCount) = ([], 0) }
    return (pieces, recordCount)
  }

  /// Begins a new piece if the clocks are set differently from before.
  private mutating func follow(_ clock: ClockState) {
    guard let old = setting else {
      setting = clock
      return
    }
    guard old.isSet != clock.isSet || (clock.offset &- old.offset).magnitude > Self.offsetNoise
    else { return }
    setting = clock
    if !pieces.isEmpty { pieces.append(piece(clock)) }
  }

  private func piece(_ clock: ClockState) -> RecordPiece {
    let setting = setting ?? clock
    return RecordPiece(clockOffset: setting.offset, clockIsSet: setting.isSet)
  }
}
