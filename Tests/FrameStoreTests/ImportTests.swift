import BusbarTestSupport
import CANFrames
import Foundation
import Testing

@testable import FrameStore

@Suite("Importing logs")
struct ImportTests {
  let folder: TemporaryFolder
  var path: String { folder.url.appending(path: "test.busbar").path() }

  init() throws { folder = try TemporaryFolder() }

  private func importing(
    _ frames: some Sequence<CANFrame>, buses: BusNames = Traffic.buses
  ) throws -> LogImporter.Counts {
    let store = try FrameStore(path: path, access: .writing)
    var importer = try LogImporter(store, log: "test.log", precision: .microseconds)
    var batch = FrameBatch()
    for frame in frames {
      batch.append(frame)
      if batch.frames.count == 700 {
        try importer.add(batch, buses: buses)
        batch.removeAll()
      }
    }
    try importer.add(batch, buses: buses)
    try importer.finish()
    let counts = importer.counts
    try store.close()
    return counts
  }

  @Test("the same log twice adds nothing, not even an event")
  func isIdempotent() throws {
    let frames = Traffic.battery(150_000)
    #expect(try importing(frames) == .init(added: 150_000))
    let end = try FrameStore(path: path, access: .reading).end()
    #expect(try importing(frames) == .init(added: 0, known: 150_000))
    #expect(try FrameStore(path: path, access: .reading).end() == end)
    #expect(try Recordings.read(path).frames == frames)
  }

  @Test("logs that overlap add what is new")
  func overlaps() throws {
    let frames = Traffic.battery(30_000)
    _ = try importing(frames[..<20_000])
    #expect(try importing(frames[10_000...]) == .init(added: 10_000, known: 10_000))
    #expect(try Recordings.read(path).frames == frames)
  }

  @Test("a log that does not tell which frames were sent adds nothing to one that does")
  func ignoresDirection() throws {
    let received = Traffic.battery(3000)
    let sent = received.map { frame in
      var frame = frame
      frame.isSent = frame.identifier == .standard(0x355)
      return frame
    }
    #expect(try importing(sent).added == 3000)
    #expect(try Recordings.read(path).frames == sent)
    #expect(try importing(received) == .init(added: 0, known: 3000))
    #expect(try importing(sent) == .init(added: 0, known: 3000))
  }

  @Test("an import that was cut off goes on")
  func resumes() throws {
    let frames = Traffic.battery(100_000)
    let store = try FrameStore(path: path, access: .writing)
    var importer = try LogImporter(store, log: "test.log", precision: .microseconds)
    var batch = FrameBatch()
    for frame in frames[..<80_000] { batch.append(frame) }
    try importer.add(batch, buses: Traffic.buses)
    #expect(importer.counts.added == 65_536)
    #expect(try importing(frames) == .init(added: 34_464, known: 65_536))
    #expect(try Recordings.read(path).frames == frames)
  }

  @Test("a frame that the log has twice is there twice, and stays so")
  func countsTwins() throws {
    let frames = Traffic.battery(100).flatMap { [$0, $0] }
    #expect(try importing(frames).added == 200)
    #expect(try importing(frames) == .init(added: 0, known: 200))
  }

  @Test("the same frame of another bus is another frame, and buses are known by name")
  func tellsBusesApart() throws {
    let frames = Traffic.battery(100)
    _ = try importing(frames, buses: BusNames(["can0"]))
    #expect(try importing(frames, buses: BusNames(["can1"])).added == 100)
    let onSecond = frames.map { frame in
      var frame = frame
      frame.bus = 1
      return frame
    }
    #expect(try importing(onSecond, buses: BusNames(["can7", "can0"])).known == 100)
  }

  @Test("frames without a date are counted and left out")
  func countsUndated() throws {
    let frames = [CANFrame.noTime, 0, 5_000_000_000].map {
      CANFrame(timestamp: $0, identifier: .standard(1), payload: 0, length: 0)
    }
    #expect(try importing(frames) == .init(added: 0, known: 0, undated: 3))
  }
}
