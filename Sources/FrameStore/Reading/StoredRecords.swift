package import CANFrames

/// The records of one block, or of a part of it, in the order in which they came.
package struct StoredRecords: Sendable {
  /// An event and how many of the frames came before it.
  package struct PlacedEvent: Hashable, Sendable {
    package var event: StoreEvent
    package var frameIndex: Int
  }

  /// The position of the first record.
  ///
  /// The next has the next number: positions count frames and events together, and never change.
  package var position: Int64
  package var frames: [CANFrame] = []
  package var events: [PlacedEvent] = []
  /// The names behind the frames' bus indices.
  package var buses = BusNames()
  /// A frame's monotonic time is its timestamp less this, in nanoseconds; `nil` for an imported
  /// log.
  package var clockOffset: Int64?

  package init(position: Int64) { self.position = position }

  /// The position behind the last record.
  package var end: Int64 { position + Int64(frames.count + events.count) }

  /// The frames and what the bus told, as sources deliver them and logs are written; the
  /// recording's own events are left out.
  package func appendBusRecords(to batch: inout FrameBatch) {
    var next = events.makeIterator()
    var placed = next.next()
    for (index, frame) in frames.enumerated() {
      while let due = placed, due.frameIndex <= index {
        append(due.event, to: &batch)
        placed = next.next()
      }
      batch.append(frame)
    }
    while let due = placed {
      append(due.event, to: &batch)
      placed = next.next()
    }
  }

  private func append(_ event: StoreEvent, to batch: inout FrameBatch) {
    guard case .bus(let kind) = event.kind else { return }
    let bus = buses.names.firstIndex { $0 == event.bus } ?? 0
    batch.append(BusEvent(kind, timestamp: event.time, bus: UInt8(bus)))
  }

  /// Takes away the records before `position`.
  mutating func drop(before first: Int64) {
    guard first > position else { return }
    var count = min(Int(first - position), frames.count + events.count)
    position += Int64(count)
    var frameCount = 0
    while count > 0, let event = events.first {
      let before = min(count, event.frameIndex - frameCount)
      frameCount += before
      count -= before
      guard count > 0 else { break }
      events.removeFirst()
      count -= 1
    }
    frameCount += count
    frames.removeFirst(frameCount)
    for index in events.indices { events[index].frameIndex -= frameCount }
  }
}

/// A stretch of a store that cannot be read, and why.
package struct StoreDamage: Hashable, Sendable, CustomStringConvertible {
  /// The positions that are lost.
  package var positions: Range<Int64>
  package var reason: String

  package init(positions: Range<Int64>, reason: String) {
    self.positions = positions
    self.reason = reason
  }

  package var description: String {
    "records \(positions.lowerBound) to \(positions.upperBound - 1) cannot be read: \(reason)"
  }
}
