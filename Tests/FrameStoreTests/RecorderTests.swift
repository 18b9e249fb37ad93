import BusbarTestSupport
import CANFrames
import Foundation
import GRDB
import Testing

@testable import FrameStore

@Suite("The recorder")
struct RecorderTests {
  let folder: TemporaryFolder
  var path: String { folder.url.appending(path: "test.busbar").path() }

  init() throws { folder = try TemporaryFolder() }

  private func options(limit: Int = 640_000) -> RecorderOptions {
    var options = RecorderOptions { Recordings.clock() }
    options.commitSeconds = 0.02
    options.queueLimit = limit
    return options
  }

  private static func batch(_ frames: some Sequence<CANFrame>) -> FrameBatch {
    var batch = FrameBatch()
    for frame in frames { batch.append(frame) }
    return batch
  }

  @Test("what is recorded is read back, between a start and a stop")
  func records() throws {
    let frames = Traffic.battery(20_000)
    let recorder = try FrameRecorder(path: path, source: "can0", options: options())
    for start in stride(from: 0, to: frames.count, by: 64) {
      recorder.record(
        Self.batch(frames[start..<min(start + 64, frames.count)]), buses: Traffic.buses)
    }
    try recorder.close()
    #expect(recorder.status.storedCount == 20_002)
    #expect(recorder.status.waitingCount == 0)
    let (stored, events, _) = try Recordings.read(path)
    #expect(stored == frames)
    #expect(events.map(\.kind) == [.started(source: "can0", afterCrash: false), .stopped])
  }

  @Test("a disk that stalls loses nothing while the queue has room, and then says how much")
  func stalls() throws {
    let recorder = try FrameRecorder(path: path, source: "can0", options: options(limit: 5000))
    // Somebody else holds the file: to the recorder's thread that is a disk that does not answer.
    let other = try DatabaseQueue(path: path)
    let frames = Traffic.battery(9000)
    try other.inDatabase { database in
      try database.execute(sql: "BEGIN IMMEDIATE")
      for start in stride(from: 0, to: 8000, by: 100) {
        recorder.record(Self.batch(frames[start..<start + 100]), buses: Traffic.buses)
      }
      #expect(recorder.status.lostCount == 3000)
      try database.execute(sql: "COMMIT")
    }
    while recorder.status.waitingCount > 0 { usleep(5000) }
    recorder.record(Self.batch(frames[8000...]), buses: Traffic.buses)
    try recorder.close()
    let (stored, events, _) = try Recordings.read(path)
    #expect(stored == Array(frames[..<5000]) + Array(frames[8000...]))
    #expect(events.map(\.kind).contains(.notStored(3000)))
    let gaps = try Recordings.verify(path).gaps
    #expect(gaps.map(\.cause) == ["3000 records lost: the disk did not keep up"])
    #expect(gaps.first?.from == frames[4999].timestamp)
    #expect(gaps.first?.until == frames[8000].timestamp)
  }

  @Test("frames without a date get the time at which they came")
  func dates() throws {
    let recorder = try FrameRecorder(path: path, source: "-", options: options())
    let frame = CANFrame(
      timestamp: CANFrame.noTime, identifier: .standard(0x351), payload: 1, length: 1)
    recorder.record(Self.batch([frame]), buses: BusNames([nil]))
    try recorder.close()
    #expect(try Recordings.read(path).frames.map(\.timestamp) == [Traffic.start])
  }

  @Test("a run that ended without a word is told by the next one and by verify")
  func tellsCrash() throws {
    var appender = StoreAppender(
      try FrameStore(path: path, access: .writing), source: "can0", boot: "b")
    var piece = RecordPiece(clockOffset: 0, clockIsSet: true)
    piece.append(StoreEvent(.started(source: "can0", afterCrash: false), time: Traffic.start))
    for frame in Traffic.battery(5) { _ = piece.append(frame) }
    try appender.append([piece], buses: Traffic.buses)
    try appender.store.close()
    let recorder = try FrameRecorder(path: path, source: "can0", options: options())
    recorder.record(
      Self.batch(Traffic.battery(5, from: Traffic.start + 60_000_000_000)), buses: Traffic.buses)
    try recorder.close()
    let found = try Recordings.verify(path)
    #expect(found.isIntact)
    #expect(found.gaps.map(\.cause) == ["power cut or kill; can0 was not recorded"])
    #expect(found.complete.count == 2)
  }

  @Test("a directory that nobody may write to is said at once")
  func refusesDirectory() {
    #expect(throws: StoreError.self) {
      try FrameRecorder(path: "/nowhere/at/all.busbar", source: "can0", options: options())
    }
  }
}
