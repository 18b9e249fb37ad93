import CANFrames
import CANInterfaces
import Foundation
import Testing

@Suite("A log file as a source")
struct FileSourceTests {
  @Test("gives every frame, then ends, and stays ended")
  func readsFile() throws {
    let count = 20_000  // several pieces
    let log = try TemporaryFile(logText(count) + "noise\n")
    var source = try FileSource(log.path)
    let (batch, state) = try readAll(&source)
    #expect(state == .ended)
    #expect(batch.frames.count == count)
    #expect(batch.frames.last?.payload == UInt64(UInt32(count - 1).byteSwapped))
    #expect(source.lineCount == count + 1)
    #expect(source.rejections.entries.map(\.excerpt) == ["noise"])
    #expect(source.buses[0] == "can0")
    let hasZonelessDates = source.hasZonelessDates
    #expect(!hasZonelessDates)

    var more = FrameBatch()
    #expect(try source.read(into: &more, waitingMilliseconds: -1) == .ended)
    #expect(more.isEmpty)
  }

  @Test("gives the last line without its line feed, in the same read that ends")
  func readsLastLine() throws {
    let log = try TemporaryFile("(1735270496.916858) can0 351#1F")
    var source = try FileSource(log.path)
    let (batch, state) = try readAll(&source)
    #expect(state == .ended)
    #expect(batch.frames.map(\.payloadText) == ["1F"])
  }

  @Test("appends to what the caller's batch holds")
  func appends() throws {
    let log = try TemporaryFile(logText(2))
    var source = try FileSource(log.path)
    var batch = FrameBatch()
    batch.append(BusEvent(.interfaceUp, timestamp: 0, bus: 0))
    _ = try source.read(into: &batch, waitingMilliseconds: 0)
    #expect(batch.events.count == 1)
    #expect(batch.frames.count == 2)
  }

  @Test("may be empty")
  func readsEmptyFile() throws {
    let log = try TemporaryFile("")
    var source = try FileSource(log.path)
    let (batch, state) = try readAll(&source)
    #expect(state == .ended)
    #expect(batch.isEmpty)
    #expect(source.lineCount == 0)
  }

  @Test("takes dates without a zone for the zone it is told")
  func usesZone() throws {
    let log = try TemporaryFile("(2024-12-27 04:34:56.916858) can0 351#00\n")
    var source = try FileSource(log.path, secondsEastOfUTC: 3600)
    let (batch, _) = try readAll(&source)
    #expect(batch.frames.first?.timestamp == 1_735_270_496_916_858_000)
    let hasZonelessDates = source.hasZonelessDates
    #expect(hasZonelessDates)
  }

  @Test("can be read again from its beginning")
  func rewinds() throws {
    let log = try TemporaryFile(logText(3) + "noise\n")
    var source = try FileSource(log.path)
    let first = try readAll(&source).batch.frames
    let canRewind = source.canRewind
    #expect(canRewind)
    try source.rewind()
    #expect(try readAll(&source).batch.frames == first)
    #expect(source.lineCount == 4)
    #expect(source.rejections.count == 1)
  }

  @Test("must exist, be a file, and be readable")
  func refuses() throws {
    let missing = TemporaryFile().path
    #expect(throws: SourceError.noSuchFile(missing)) { _ = try FileSource(missing) }
    let log = try TemporaryFile("")
    let below = log.path + "/below"
    #expect(throws: SourceError.noSuchFile(below)) { _ = try FileSource(below) }
    let directory = FileManager.default.temporaryDirectory.path()
    #expect(throws: SourceError.isDirectory(directory)) { _ = try FileSource(directory) }
    let loop = TemporaryFile().path
    let status = unsafe symlink(loop, loop)
    #expect(status == 0)
    defer { unsafe unlink(loop) }
    let failure = CallFailure(call: "open", code: ELOOP)
    #expect(throws: SourceError.unreadableFile(loop, failure)) { _ = try FileSource(loop) }
  }

  @Test("may be a single line of 200 MB, in constant memory", .timeLimit(.minutes(3)))
  func readsEndlessLine() throws {
    let log = TemporaryFile()
    let file = unsafe creat(log.path, 0o600)
    #expect(ftruncate(file, 200 << 20) == 0)  // a hole: no space on the disk
    close(file)
    var source = try FileSource(log.path)
    let before = Self.residentBytes()
    let (batch, state) = try readAll(&source)
    let growth = Self.residentBytes() - before
    #expect(state == .ended)
    #expect(batch.isEmpty)
    #expect(source.rejections.entries.map(\.reason) == [.lineTooLong])
    // Other tests run meanwhile; the line alone would be 200 MB.
    #expect(growth < 64 << 20, "grew by \(growth >> 20) MiB")
  }

  /// What this process holds in memory now.
  private static func residentBytes() -> Int {
    let numbers = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(
      separator: " ")
    return (numbers.flatMap { Int($0[1]) } ?? 0) * Int(sysconf(Int32(_SC_PAGESIZE)))
  }
}
