import CANFrames
import FuzzSupport

@testable import FrameStore

private nonisolated(unsafe) var encoder = BlockEncoder(level: 1)
private nonisolated(unsafe) var decoder = BlockDecoder()

/// Blocks of a frame store.
///
/// With an even first byte, its rest is a block: the directory's length, the directory, the data. With
/// an odd one, the rest makes frames, eleven bytes each, which must come back from their block; and
/// changes to that block, which must not trap.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  fuzzArray(bytes, count) { bytes in
    guard bytes.count >= 3 else { return }
    let length = min(Int(bytes[1]), bytes.count - 2)
    if bytes[0] & 1 == 0 {
      decode(Array(bytes[2..<2 + length]), Array(bytes[(2 + length)...]))
      return
    }
    let frames = frames(bytes.dropFirst(2 + length))
    guard !frames.isEmpty else { return }
    var block = encoder.encode(frames, buses: BusNames(["can0", nil]), precision: .nanoseconds)
    precondition(decode(block.directory, block.data) == frames, "the block holds other frames")
    // Three bytes are a change: where, in which part, and to what.
    var place = 2
    while place + 3 <= 2 + length {
      let position = Int(bytes[place]) | Int(bytes[place + 1] & 0x7F) << 8
      if bytes[place + 1] & 0x80 == 0 {
        block.directory[position % block.directory.count] = bytes[place + 2]
      } else if !block.data.isEmpty {
        block.data[position % block.data.count] = bytes[place + 2]
      }
      place += 3
    }
    decode(block.directory, block.data)
  }
}

@discardableResult
private func decode(_ directory: [UInt8], _ data: [UInt8]) -> [CANFrame]? {
  guard let directory = try? BlockDirectory(directory) else { return nil }
  var frames: [CANFrame] = []
  // All of a block, and some of its streams.
  do throws(BlockError) {
    try decoder.decode(directory, data, where: { $0.length > 4 }, into: &frames)
    frames.removeAll()
    try decoder.decode(directory, data, into: &frames)
  } catch {
    return nil
  }
  precondition(frames.count == directory.frameCount)
  return frames
}

private func frames(_ bytes: ArraySlice<UInt8>) -> [CANFrame] {
  var time: Int64 = 1_735_270_496_000_000_000
  var frames: [CANFrame] = []
  var rest = bytes
  while rest.count >= 11 {
    let record = Array(rest.prefix(11))
    rest = rest.dropFirst(11)
    let shape = record[0]
    let isExtended = shape & 0x80 != 0
    let number = UInt32(record[1]) | UInt32(shape >> 4 & 7) << 8
    time += (Int64(Int8(bitPattern: record[2])) * 1_000_003) << Int64(record[2] & 7)
    guard
      let identifier = CANIdentifier(
        exactly: isExtended ? 0x18FF_0000 | number : number,
        format: isExtended ? .extended : .standard)
    else { continue }
    let payload = record[3...].reduce(0) { $0 << 8 | UInt64($1) }
    frames.append(
      CANFrame(
        timestamp: time, identifier: identifier, kind: shape & 15 == 15 ? .remote : .data,
        payload: payload, length: min(8, shape & 15), bus: record[1] & 1))
  }
  return frames
}
