import CANFrames

/// What stands in a block and where, readable without decompressing anything.
///
/// | Field | How |
/// | --- | --- |
/// | format | a byte, 1 |
/// | unit | a byte: times are in `10^unit` nanoseconds; 0, 3 or 6 |
/// | has order | a byte: 1 if the last pack holds the order of the streams' frames |
/// | frames | a varint |
/// | base | a signed varint: the first frame's time, in the unit |
/// | buses | a varint, then of each its length and its name in UTF-8 (length 0: it has no name) |
/// | packs | a varint, then of each its compressed and its plain size |
/// | streams | a varint, then of each: ``FrameStream``, frames, pack |
///
/// The packs are zstd frames, one after the other, in the block's data.
package struct BlockDirectory: Hashable, Sendable {
  /// One zstd frame of the block's data.
  struct Pack: Hashable {
    var range: Range<Int>
    var plainCount: Int
  }

  /// A stream, how many frames it has, and where its columns are.
  package struct Entry: Hashable, Sendable {
    package var stream: FrameStream
    package var frameCount: Int
    var pack: Int
  }

  static let formatVersion = 1
  /// A block holds at most this many frames.
  package static let mostFrames = 1 << 20
  /// Nothing in a block is larger when it is decompressed.
  static let mostPlainBytes = 64 << 20

  var unit: TimeUnit
  var hasOrder = false
  package var frameCount = 0
  var base: Int64 = 0
  /// The names of the buses; `nil` for one without.
  package var buses: [String?] = []
  var packs: [Pack] = []
  package var entries: [Entry] = []

  init(unit: TimeUnit) { self.unit = unit }
}

/// What a block's times are counted in; the raw value is the power of ten, in nanoseconds.
package enum TimeUnit: UInt8, CaseIterable, Hashable, Sendable {
  case nanoseconds = 0
  case microseconds = 3
  case milliseconds = 6

  /// How many nanoseconds one is.
  package var nanoseconds: Int64 {
    switch self {
    case .nanoseconds: 1
    case .microseconds: 1000
    case .milliseconds: 1_000_000
    }
  }
}

extension BlockDirectory {
  /// Reads a directory; every count in it is within bounds when this returns.
  package init(_ bytes: [UInt8]) throws(BlockError) {
    var reader = ByteReader(bytes)
    let version = try reader.byte()
    guard version == Self.formatVersion else { throw .newerFormat(Int(version)) }
    guard let unit = TimeUnit(rawValue: try reader.byte()) else {
      throw .malformed("its times have no unit")
    }
    self.unit = unit
    hasOrder = try reader.byte() != 0
    frameCount = try reader.count(atMost: Self.mostFrames, "frames")
    base = try reader.signed()
    for _ in 0..<(try reader.count(atMost: 256, "buses")) {
      let name = try reader.text(atMost: 4096)
      buses.append(name.isEmpty ? nil : name)
    }
    var start = 0
    for _ in 0..<(try reader.count(atMost: reader.remaining, "packs")) {
      let size = try reader.count(atMost: Self.mostPlainBytes, "bytes")
      let plainCount = try reader.count(atMost: Self.mostPlainBytes, "bytes")
      packs.append(Pack(range: start..<start + size, plainCount: plainCount))
      start += size
    }
    var total = 0
    for _ in 0..<(try reader.count(atMost: reader.remaining, "streams")) {
      let stream = try FrameStream(reading: &reader, busCount: buses.count)
      let count = try reader.count(atMost: Self.mostFrames, "frames")
      let pack = try reader.count(atMost: packs.count, "packs")
      guard pack < packs.count else { throw .malformed("a stream is in no pack") }
      guard count > 0 else { throw .malformed("a stream is empty") }
      entries.append(Entry(stream: stream, frameCount: count, pack: pack))
      total += count
    }
    guard total == frameCount, reader.isAtEnd, !hasOrder || !packs.isEmpty else {
      throw .malformed("its directory contradicts itself")
    }
  }

  /// The directory as it is stored.
  var bytes: [UInt8] {
    var writer = ByteWriter()
    writer.append(UInt8(Self.formatVersion))
    writer.append(unit.rawValue)
    writer.append(hasOrder ? 1 : 0)
    writer.append(varint: UInt64(frameCount))
    writer.append(signed: base)
    writer.append(varint: UInt64(buses.count))
    for name in buses { writer.append(name ?? "") }
    writer.append(varint: UInt64(packs.count))
    for pack in packs {
      writer.append(varint: UInt64(pack.range.count))
      writer.append(varint: UInt64(pack.plainCount))
    }
    writer.append(varint: UInt64(entries.count))
    for entry in entries {
      entry.stream.write(to: &writer)
      writer.append(varint: UInt64(entry.frameCount))
      writer.append(varint: UInt64(entry.pack))
    }
    return writer.bytes
  }
}
