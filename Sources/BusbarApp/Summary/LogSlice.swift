import BMSDialects
import CANFrames
import Foundation

/// A part of a log file, summed up on a thread of its own.
///
/// It begins at a line's beginning and ends at a line's end, so that the parts of a log can be read
/// side by side and put together in order.
struct LogSlice: Sendable {
  var path: String
  var range: Range<Int>

  /// What a slice came to.
  struct Result: Sendable {
    var summaries: BusSummaries
    var rejections: RejectionTally
    var lineCount: Int
    var lost: Int
  }

  private static let pieceSize = 64 << 10

  /// Cuts a file into slices of about the same size, at line ends.
  ///
  /// - Returns: At most `count` slices; fewer for a small file.
  static func slices(of path: String, count: Int) throws -> [LogSlice] {
    let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    let size = Int(try file.seekToEnd())
    let parts = max(1, min(count, size / (4 * pieceSize)))
    var cuts = [0]
    for part in 1..<max(2, parts) where parts > 1 {
      let cut = try lineStart(in: file, after: size / parts * part)
      if let cut, cut > cuts[cuts.count - 1] { cuts.append(cut) }
    }
    cuts.append(size)
    return zip(cuts, cuts.dropFirst()).map { LogSlice(path: path, range: $0..<$1) }
  }

  private static func lineStart(in file: FileHandle, after offset: Int) throws -> Int? {
    try file.seek(toOffset: UInt64(offset))
    guard let piece = try file.read(upToCount: pieceSize),
      let feed = piece.firstIndex(of: UInt8(ascii: "\n"))
    else { return nil }
    return offset + (feed - piece.startIndex) + 1
  }

  /// Reads the slice and adds it to `summaries`.
  func read(into summaries: BusSummaries) throws -> Result {
    let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    try file.seek(toOffset: UInt64(range.lowerBound))
    var buffer = [UInt8](repeating: 0, count: Self.pieceSize)
    var summaries = summaries
    var reader = CandumpReader()
    var batch = FrameBatch()
    var lost = 0
    var left = range.count
    while left > 0 {
      let count = try Self.read(file, into: &buffer, atMost: left)
      if count == 0 { break }
      left -= count
      batch.removeAll()
      reader.read(buffer.span.extracting(0..<count), into: &batch)
      if left == 0 { reader.finish(into: &batch) }
      summaries.add(batch, buses: reader.buses)
      lost += batch.lostFrames
    }
    summaries.finish()
    return Result(
      summaries: summaries, rejections: reader.rejections, lineCount: reader.lineCount, lost: lost)
  }

  private static func read(
    _ file: FileHandle, into buffer: inout [UInt8], atMost limit: Int
  ) throws -> Int {
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes { bytes in
        unsafe Foundation.read(file.fileDescriptor, bytes.baseAddress, min(bytes.count, limit))
      }
      if count >= 0 { return count }
      if errno != EINTR { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
    }
  }
}

extension FrameBatch {
  /// How many frames the batch's events say were lost.
  var lostFrames: Int {
    events.reduce(0) { sum, placed in
      if case .framesDropped(let count) = placed.event.kind { sum + count } else { sum }
    }
  }
}
