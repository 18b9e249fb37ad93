package import CANFrames

/// Turns frames into a block: columns for each stream of frames, compressed.
///
/// The order of the frames is that of their times, and of the streams' numbers where times are
/// equal; only if that is not the order in which they came, the order is stored as well.
package struct BlockEncoder: ~Copyable {
  /// A block as it is stored.
  package struct Block: Hashable, Sendable {
    package var directory: [UInt8]
    package var data: [UInt8]
  }

  /// Streams with fewer frames share a pack: each alone would be mostly head.
  private static let fewestOwnFrames = 128

  private var compressor: ZstdCompressor
  private var table = StreamTable()
  private var encoder = StreamEncoder()
  private var streamOfFrame: [Int32] = []
  private var times: [Int64] = []
  private var payloads: [UInt64] = []

  /// - Parameter level: zstd's, 1 to 19.
  package init(level: Int = 6) { compressor = ZstdCompressor(level: level) }

  /// Encodes frames in the order in which they came.
  ///
  /// - Parameters:
  ///   - frames: At least one and at most ``BlockDirectory/mostFrames``, whose times are closer
  ///     together than `2^50` of the unit.
  ///   - buses: The names behind the frames' bus indices.
  ///   - precision: What times are rounded down to. If they all fit a coarser unit they are
  ///     stored in that.
  /// - Returns: The block.
  package mutating func encode(
    _ frames: [CANFrame], buses: BusNames, precision: TimeUnit
  ) -> Block {
    precondition((1...BlockDirectory.mostFrames).contains(frames.count), "a block has frames")
    var directory = BlockDirectory(unit: Self.unit(of: frames, precision: precision))
    directory.frameCount = frames.count
    directory.buses = buses.names
    directory.base = Self.time(frames[0], in: directory.unit)
    assignStreams(frames)
    let starts = sortByStream(frames, &directory)
    var data: [UInt8] = []
    appendStreams(starts, &directory, &data)
    if directory.hasOrder { appendOrder(&directory, &data) }
    return Block(directory: directory.bytes, data: data)
  }

  private mutating func assignStreams(_ frames: [CANFrame]) {
    table.removeAll()
    streamOfFrame.removeAll(keepingCapacity: true)
    var table = StreamTable()
    swap(&table, &self.table)
    streamOfFrame.append(addingCapacity: frames.count) { output in
      for frame in frames { output.append(table.add(frame)) }
    }
    swap(&table, &self.table)
  }

  /// Puts the frames of each stream next to each other, and finds out whether their order is lost.
  ///
  /// - Returns: Where each stream begins.
  private mutating func sortByStream(
    _ frames: [CANFrame], _ directory: inout BlockDirectory
  ) -> [Int] {
    if times.count < frames.count {
      times = [Int64](repeating: 0, count: frames.count)
      payloads = [UInt64](repeating: 0, count: frames.count)
    }
    var starts: [Int] = []
    var start = 0
    for count in table.counts {
      starts.append(start)
      start += count
    }
    var next = starts
    var last = (time: Int64.min, stream: Int32.min)
    for (index, frame) in frames.enumerated() {
      let time = Self.time(frame, in: directory.unit) - directory.base
      let stream = streamOfFrame[index]
      if (time, stream) < last { directory.hasOrder = true }
      last = (time, stream)
      let place = next[Int(stream)]
      next[Int(stream)] = place + 1
      times[place] = time
      payloads[place] = frame.payload
    }
    return starts
  }

  private mutating func appendStreams(
    _ starts: [Int], _ directory: inout BlockDirectory, _ data: inout [UInt8]
  ) {
    for (number, stream) in table.streams.enumerated() {
      directory.entries.append(
        BlockDirectory.Entry(stream: stream, frameCount: table.counts[number], pack: 0))
    }
    let small = directory.entries.indices.filter {
      directory.entries[$0].frameCount < Self.fewestOwnFrames
    }
    encoder.removeAll()
    for number in small { encodeStream(number, starts, &directory, pack: 0) }
    if !small.isEmpty { closePack(&directory, &data) }
    for number in directory.entries.indices
    where directory.entries[number].frameCount >= Self.fewestOwnFrames {
      encodeStream(number, starts, &directory, pack: directory.packs.count)
      closePack(&directory, &data)
    }
  }

  private mutating func encodeStream(
    _ number: Int, _ starts: [Int], _ directory: inout BlockDirectory, pack: Int
  ) {
    directory.entries[number].pack = pack
    let entry = directory.entries[number]
    let range = starts[number]..<starts[number] + entry.frameCount
    let (times, payloads) = (times, payloads)
    encoder.append(
      times: times.span.extracting(range), payloads: payloads.span.extracting(range),
      length: entry.stream.payloadLength)
  }

  private mutating func closePack(_ directory: inout BlockDirectory, _ data: inout [UInt8]) {
    let start = data.count
    _ = compressor.compress(encoder.writer.bytes, cuts: encoder.cuts, to: &data)
    directory.packs.append(
      BlockDirectory.Pack(range: start..<data.count, plainCount: encoder.writer.bytes.count))
    encoder.removeAll()
  }

  /// The stream of each frame, in as many bytes as the number of streams needs, the lowest first.
  private mutating func appendOrder(_ directory: inout BlockDirectory, _ data: inout [UInt8]) {
    let width = BlockDirectory.orderWidth(streamCount: directory.entries.count)
    var bytes: [UInt8] = []
    for plane in 0..<width {
      for stream in streamOfFrame { bytes.append(UInt8(truncatingIfNeeded: stream >> (8 * plane))) }
    }
    let start = data.count
    _ = compressor.compress(bytes, to: &data)
    directory.packs.append(
      BlockDirectory.Pack(range: start..<data.count, plainCount: bytes.count))
  }
}

extension BlockEncoder {
  @inline(__always) private static func time(_ frame: CANFrame, in unit: TimeUnit) -> Int64 {
    switch unit {
    case .nanoseconds: frame.timestamp
    case .microseconds: (frame.timestamp - (frame.timestamp < 0 ? 999 : 0)) / 1000
    case .milliseconds: (frame.timestamp - (frame.timestamp < 0 ? 999_999 : 0)) / 1_000_000
    }
  }

  private static func unit(of frames: [CANFrame], precision: TimeUnit) -> TimeUnit {
    let coarsest = TimeUnit.allCases.last { unit in
      unit.rawValue >= precision.rawValue
        && (unit == precision || frames.allSatisfy { $0.timestamp % unit.nanoseconds == 0 })
    }
    return coarsest ?? precision
  }
}

extension BlockDirectory {
  /// How many bytes the number of a stream has in the order.
  static func orderWidth(streamCount: Int) -> Int {
    streamCount <= 1 << 8 ? 1 : streamCount <= 1 << 16 ? 2 : 3
  }
}
