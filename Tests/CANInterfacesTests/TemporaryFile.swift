import CANFrames
import CANInterfaces
import Foundation

/// A path in the temporary directory that vanishes with its owner.
final class TemporaryFile: Sendable {
  let path: String

  /// A path at which nothing exists yet.
  init() {
    path = FileManager.default.temporaryDirectory.appending(path: "busbar-\(UUID().uuidString).log")
      .path()
  }

  /// A file with this text.
  convenience init(_ text: String) throws { try self.init(Data(text.utf8)) }

  /// A file with these bytes.
  convenience init(_ bytes: Data) throws {
    self.init()
    try bytes.write(to: URL(filePath: path))
  }

  deinit { unsafe unlink(path) }
}

/// A pipe whose ends are closed with it.
final class TestPipe: Sendable {
  let reader: CInt
  let writer: CInt

  init() {
    var ends: [CInt] = [-1, -1]
    _ = unsafe pipe(&ends)
    (reader, writer) = (ends[0], ends[1])
  }

  func send(_ text: String) {
    let bytes = Array(text.utf8)
    _ = unsafe write(writer, bytes, bytes.count)
  }

  deinit {
    close(reader)
    close(writer)
  }
}

/// The bytes of a candump log: `count` frames, one every so many nanoseconds from a second of 2024.
func logText(_ count: Int, every nanoseconds: Int64 = 1_000_000) -> String {
  var text = ""
  for index in 0..<count {
    let time = Int64(index) * nanoseconds / 1000
    let fraction = String(1_000_000 + time % 1_000_000).dropFirst()
    let payload = String(0x1_0000_0000 + index, radix: 16, uppercase: true).dropFirst()
    text += "(\(1_735_270_496 + time / 1_000_000).\(fraction)) can0 351#\(payload)\n"
  }
  return text
}

/// Everything a source gives until it ends or stops, and how that came.
func readAll<Source: FrameSource & ~Copyable>(
  _ source: inout Source, waitingMilliseconds: Int32 = 1000
) throws(SourceError) -> (batch: FrameBatch, state: SourceState) {
  var batch = FrameBatch()
  while true {
    let state = try source.read(into: &batch, waitingMilliseconds: waitingMilliseconds)
    if state != .open { return (batch, state) }
  }
}

/// Runs `body` on a thread of its own, after `milliseconds`.
func inBackground(afterMilliseconds milliseconds: Int = 0, _ body: @escaping @Sendable () -> Void) {
  Thread.detachNewThread {
    usleep(UInt32(milliseconds) * 1000)
    body()
  }
}
