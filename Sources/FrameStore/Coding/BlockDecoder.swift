package import CANFrames

/// Turns a block back into its frames.
package struct BlockDecoder: ~Copyable {
  private let decompressor = ZstdDecompressor()
  private var streams = StreamDecoder()
  private var pack: [UInt8] = []
  private var times: [Int64] = []
  private var payloads: [UInt64] = []
  private var ranges: [Range<Int>] = []

  package init() {}

  /// Decodes a block, or those of its streams that are wanted.
  ///
  /// - Parameters:
  ///   - directory: The block's.
  ///   - data: The block's packs. Packs without a wanted stream are not touched.
  ///   - shift: Nanoseconds that are added to each time.
  ///   - isWanted: Which streams to decode; all of them without this.
  ///   - frames: Gets the frames, in the order in which they came, after what it holds.
  /// - Throws: What is wrong with the block; `frames` is as it was then.
  package mutating func decode(
    _ directory: BlockDirectory, _ data: [UInt8], shift: Int64 = 0,
    where isWanted: (FrameStream) -> Bool = { _ in true }, into frames: inout [CANFrame]
  ) throws(BlockError) {
    guard let last = directory.packs.last?.range.upperBound, last <= data.count else {
      throw .truncated
    }
    let wanted = directory.entries.map { isWanted($0.stream) }
    try readStreams(directory, data, wanted)
    let count = frames.count
    if directory.hasOrder {
      try mergeByOrder(directory, data, wanted, shift, &frames)
    } else {
      mergeByTime(directory, shift, &frames)
    }
    guard frames[count...].allSatisfy({ CANFrame.times.contains($0.timestamp) }) else {
      frames.removeSubrange(count...)
      throw .malformed("a time is out of range")
    }
  }

  private mutating func readStreams(
    _ directory: BlockDirectory, _ data: [UInt8], _ wanted: [Bool]
  ) throws(BlockError) {
    times.removeAll(keepingCapacity: true)
    payloads.removeAll(keepingCapacity: true)
    ranges = [Range<Int>](repeating: 0..<0, count: directory.entries.count)
    let packs = Dictionary(grouping: directory.entries.indices) { directory.entries[$0].pack }
    for (number, entries) in packs.sorted(by: { $0.key < $1.key })
    where entries.contains(where: { wanted[$0] }) {
      let place = directory.packs[number]
      try decompressor.decompress(data, place.range, count: place.plainCount, into: &pack)
      var reader = ByteReader(pack)
      for index in entries {
        let entry = directory.entries[index]
        try streams.read(
          &reader, pack, count: entry.frameCount, length: entry.stream.payloadLength)
        guard wanted[index] else { continue }
        ranges[index] = times.count..<times.count + entry.frameCount
        times.append(contentsOf: streams.times)
        payloads.append(contentsOf: streams.payloads)
      }
      guard reader.isAtEnd else { throw .malformed("a pack is longer than its streams") }
    }
  }

  private func mergeByTime(
    _ directory: BlockDirectory, _ shift: Int64, _ frames: inout [CANFrame]
  ) {
    var merge = StreamMerge(ranges, times)
    let (times, payloads) = (times, payloads)
    frames.append(addingCapacity: times.count) { output in
      while let (stream, place) = merge.next(times.span) {
        output.append(
          directory.frame(stream, times[place], payloads[place], shift: shift))
      }
    }
  }

  private mutating func mergeByOrder(
    _ directory: BlockDirectory, _ data: [UInt8], _ wanted: [Bool], _ shift: Int64,
    _ frames: inout [CANFrame]
  ) throws(BlockError) {
    guard let place = directory.packs.last else { throw .truncated }
    try decompressor.decompress(data, place.range, count: place.plainCount, into: &pack)
    let width = BlockDirectory.orderWidth(streamCount: directory.entries.count)
    guard pack.count == width * directory.frameCount else {
      throw .malformed("its order has another length")
    }
    var merged: [CANFrame] = []
    merged.reserveCapacity(times.count)
    var next = ranges.map(\.lowerBound)
    for index in 0..<directory.frameCount {
      var stream = 0
      for plane in 0..<width {
        stream |= Int(pack[plane * directory.frameCount + index]) << (8 * plane)
      }
      guard stream < wanted.count else { throw .malformed("its order names no stream") }
      guard wanted[stream] else { continue }
      let place = next[stream]
      guard place < ranges[stream].upperBound else {
        throw .malformed("its order contradicts its streams")
      }
      next[stream] = place + 1
      merged.append(directory.frame(stream, times[place], payloads[place], shift: shift))
    }
    frames.append(contentsOf: merged)
  }
}

extension BlockDirectory {
  @inline(__always) fileprivate func frame(
    _ number: Int, _ time: Int64, _ payload: UInt64, shift: Int64
  ) -> CANFrame {
    let stream = entries[number].stream
    return CANFrame(
      timestamp: (base &+ time) &* unit.nanoseconds &+ shift, identifier: stream.identifier,
      kind: stream.kind, payload: payload, length: stream.length, bus: stream.bus,
      isSent: stream.isSent)
  }
}
