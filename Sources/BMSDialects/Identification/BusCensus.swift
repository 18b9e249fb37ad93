public import CANFrames

/// What has been seen on a bus so far: which identifiers, how often, how long, with what.
///
/// Bounded: beyond ``limit`` identifiers only a count is kept, and no battery bus has as many.
public struct BusCensus: Sendable {
  /// One identifier's record.
  public struct Entry: Sendable {
    public let identifier: CANIdentifier
    public var count = 0
    /// Bit `n` is set if a frame of `n` bytes was seen.
    public var lengths: UInt16 = 0
    /// Times of the first and the last frame, on the source's scale; `nil` if it has none.
    public var firstTime: Int64?
    public var lastTime: Int64?
    /// The frames to judge values by: the first ones that differ, at most eight.
    public var samples: [CANFrame] = []

    /// Mean distance between two frames in nanoseconds, or `nil` if there were not two with times.
    public var period: Int64? {
      guard let firstTime, let lastTime, count > 1, lastTime > firstTime else { return nil }
      return (lastTime - firstTime) / Int64(count - 1)
    }
  }

  static let limit = 1024
  private static let sampleLimit = 8

  /// The record of each identifier, in order of first appearance.
  public private(set) var entries: [Entry] = []
  public private(set) var frameCount = 0
  public private(set) var errorFrameCount = 0
  /// Frames of identifiers beyond the limit.
  public private(set) var uncountedFrames = 0
  /// The places of the entries, for each standard identifier plus one; 0 without.
  private var standard = [UInt16](repeating: 0, count: 2048)
  private var extended: [CANIdentifier: Int] = [:]
  private var firstTime: Int64?
  private var lastTime: Int64?

  /// - Parameter frames: What was heard so far, in order.
  public init(_ frames: some Sequence<CANFrame> = []) {
    for frame in frames { add(frame) }
  }

  /// From the first to the last frame in nanoseconds, or `nil` if the source has no times.
  public var duration: Int64? {
    guard let firstTime, let lastTime else { return nil }
    return max(0, lastTime - firstTime)
  }

  /// The record of an identifier, or `nil` if it was not seen.
  public func entry(for identifier: CANIdentifier) -> Entry? {
    slot(of: identifier).map { entries[$0] }
  }

  private func slot(of identifier: CANIdentifier) -> Int? {
    guard identifier.format == .standard else { return extended[identifier] }
    let slot = Int(standard[Int(identifier.number)])
    return slot > 0 ? slot - 1 : nil
  }

  /// Takes note of a frame.
  public mutating func add(_ frame: CANFrame) {
    guard frame.kind != .error else {
      errorFrameCount += 1
      return
    }
    frameCount += 1
    if let time = frame.sourceTime {
      firstTime = firstTime ?? time
      lastTime = time
    }
    guard let slot = slot(of: frame.identifier) ?? newEntry(for: frame.identifier) else {
      uncountedFrames += 1
      return
    }
    entries[slot].count += 1
    entries[slot].lengths |= 1 << UInt16(frame.length)
    if let time = frame.sourceTime {
      entries[slot].firstTime = entries[slot].firstTime ?? time
      entries[slot].lastTime = time
    }
    guard frame.kind == .data, entries[slot].samples.count < Self.sampleLimit else { return }
    let last = entries[slot].samples.last
    if last?.payload != frame.payload || last?.length != frame.length {
      entries[slot].samples.append(frame)
    }
  }

  private mutating func newEntry(for identifier: CANIdentifier) -> Int? {
    guard entries.count < Self.limit else { return nil }
    if identifier.format == .standard {
      standard[Int(identifier.number)] = UInt16(entries.count + 1)
    } else {
      extended[identifier] = entries.count
    }
    entries.append(Entry(identifier: identifier))
    return entries.count - 1
  }
}
