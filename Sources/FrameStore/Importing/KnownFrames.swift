import CANFrames
import GRDB

/// Which frames of a log are in the store already, so that importing it twice adds nothing.
///
/// Frames are compared by time, identifier, kind, payload and bus by name; not by direction, which
/// not every format tells. A frame that the log has twice is known twice only if the store has it
/// twice.
struct KnownFrames: ~Copyable {
  private struct Block {
    var summary: BlockSummary
    /// How often each frame is in the block and was not met in the log yet.
    var counts: [CANFrame: Int] = [:]
    var lastUse = 0
  }

  /// A log is nearly in order, so few blocks are in use at a time; each takes some 4 MB.
  private static let mostBlocks = 6

  private let store: FrameStore
  /// What comes from this import itself lies behind it.
  private let end: Int64
  private var reader: StoreReader
  private var blocks: [Block] = []
  private var useCount = 0
  private(set) var damage: [StoreError] = []

  init(_ store: FrameStore) throws(StoreError) {
    self.store = store
    reader = StoreReader(store)
    end = try store.end()
  }

  /// Finds out which frames are known; asking again gives another answer.
  ///
  /// - Parameters:
  ///   - frames: A piece of the log, in its order.
  ///   - names: The names behind bus indices; names that only the store has are added.
  /// - Returns: For each frame whether it is in the store.
  /// - Throws: If the store cannot be read.
  mutating func isKnown(
    _ frames: [CANFrame], names: inout [String?]
  ) throws(StoreError) -> [Bool] {
    var isKnown = [Bool](repeating: false, count: frames.count)
    guard let first = frames.first else { return isKnown }
    var (earliest, latest) = (first.timestamp, first.timestamp)
    for frame in frames {
      earliest = min(earliest, frame.timestamp)
      latest = max(latest, frame.timestamp)
    }
    let end = end
    let present = try store.blocks(in: earliest...latest).filter {
      $0.positions.upperBound <= end && $0.frameCount > 0
    }
    guard !present.isEmpty else { return isKnown }
    for summary in present { try load(summary, &names) }
    var blocks = blocks
    let wanted = blocks.indices.filter { index in present.contains(blocks[index].summary) }
    self.blocks = []
    for (number, frame) in frames.enumerated() {
      for index in wanted where blocks[index].summary.times.contains(frame.timestamp) {
        var key = frame
        key.isSent = false
        guard let count = blocks[index].counts[key], count > 0 else { continue }
        blocks[index].counts[key] = count - 1
        isKnown[number] = true
        break
      }
    }
    self.blocks = blocks
    evict()
    return isKnown
  }

  /// Whether the store has an event, from this import or an earlier one.
  func isKnown(_ event: StoreEvent) throws(StoreError) -> Bool {
    let (kind, value, _) = event.columns
    return try store.read { database in
      try Bool.fetchOne(
        database,
        sql: """
          SELECT EXISTS(SELECT 1 FROM event
          WHERE kind = ? AND time = ? AND value IS ? AND bus IS ?)
          """, arguments: [kind, event.time, value, event.bus]) ?? false
    }
  }

  private mutating func load(_ summary: BlockSummary, _ names: inout [String?]) throws(StoreError) {
    useCount += 1
    if let index = blocks.firstIndex(where: { $0.summary == summary }) {
      blocks[index].lastUse = useCount
      return
    }
    var block = Block(summary: summary, lastUse: useCount)
    do throws(StoreError) {
      let (frames, buses) = try reader.frames(of: summary) { _ in true }
      let places = buses.names.map { name in
        if let place = names.firstIndex(of: name) { return place }
        names.append(name)
        return names.count - 1
      }
      block.counts.reserveCapacity(frames.count)
      for var frame in frames {
        frame.bus = UInt8(truncatingIfNeeded: places[Int(frame.bus)])
        frame.isSent = false
        block.counts[frame, default: 0] += 1
      }
    } catch {
      // What cannot be read cannot be known; the log brings it back.
      guard error.isDamage else { throw error }
      damage.append(error)
    }
    blocks.append(block)
  }

  private mutating func evict() {
    while blocks.count > Self.mostBlocks,
      let oldest = blocks.indices.min(by: { blocks[$0].lastUse < blocks[$1].lastUse })
    {
      blocks.remove(at: oldest)
    }
  }
}
