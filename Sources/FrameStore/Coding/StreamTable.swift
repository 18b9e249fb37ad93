import CANFrames

/// Numbers the streams of a block in the order in which their first frames come.
struct StreamTable {
  private(set) var streams: [FrameStream] = []
  private(set) var counts: [Int] = []
  /// Open addressing, at most half full: a slot's stream, or -1.
  private var slots = [Int32](repeating: -1, count: 256)
  private var keys: [UInt64] = []

  mutating func removeAll() {
    streams.removeAll(keepingCapacity: true)
    counts.removeAll(keepingCapacity: true)
    keys.removeAll(keepingCapacity: true)
    for slot in slots.indices { slots[slot] = -1 }
  }

  /// The number of the stream that a frame belongs to, which has one frame more with it.
  @inline(__always) mutating func add(_ frame: CANFrame) -> Int32 {
    let key = FrameStream.key(frame)
    var slot = slot(key)
    while slots[slot] >= 0 {
      let stream = slots[slot]
      if keys[Int(stream)] == key {
        counts[Int(stream)] += 1
        return stream
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    return insert(frame, key, slot)
  }

  private mutating func insert(_ frame: CANFrame, _ key: UInt64, _ slot: Int) -> Int32 {
    let stream = Int32(streams.count)
    streams.append(FrameStream(frame))
    counts.append(1)
    keys.append(key)
    slots[slot] = stream
    if 2 * streams.count > slots.count { grow() }
    return stream
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: 2 * slots.count)
    for (stream, key) in keys.enumerated() {
      var slot = slot(key)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(stream)
    }
  }

  @inline(__always) private func slot(_ key: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 40) & (slots.count - 1)
  }
}
