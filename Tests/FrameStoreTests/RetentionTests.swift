import BusbarTestSupport
import CANFrames
import Foundation
import GRDB
import Testing

@testable import FrameStore

@Suite("Retention")
struct RetentionTests {
  let folder: TemporaryFolder
  let frames = Traffic.battery(60_000)
  var path: String { folder.url.appending(path: "test.busbar").path() }

  init() throws {
    folder = try TemporaryFolder()
    try Recordings.append(frames, to: path, piece: 10_000)
  }

  private func apply(_ change: (inout StoreRetention) -> Void, isSet: Bool = true) throws -> Int {
    var retention = StoreRetention()
    change(&retention)
    let now = frames[59_999].timestamp
    return try FrameStore(path: path, access: .writing).applyRetention(
      retention, clock: Recordings.clock(realtime: now, isSet: isSet))
  }

  @Test("blocks that are too old go, whole and oldest first, and verify says so")
  func deletesByAge() throws {
    let age = frames[59_999].timestamp - frames[25_000].timestamp
    #expect(try apply { $0.longestAge = age } == 2)
    #expect(try Recordings.read(path).frames == Array(frames[20_000...]))
    let found = try Recordings.verify(path)
    #expect(found.isIntact)
    #expect(found.frameCount == 40_000)
    // Positions are what they were.
    let blocks = try FrameStore(path: path, access: .reading).blocks()
    #expect(blocks.first?.positions == 20_000..<30_000)
  }

  @Test("a store that is too large loses its oldest blocks until it is not")
  func deletesBySize() throws {
    let store = try FrameStore(path: path, access: .reading)
    let used = try store.info().usedBytes
    #expect(try apply { $0.mostBytes = used * 2 / 3 } >= 2)
    #expect(try store.info().usedBytes <= used * 2 / 3 + 8192)
    #expect(try Recordings.verify(path).isIntact)
  }

  @Test("what is marked stays, unless that is asked for as well")
  func keepsMarked() throws {
    let store = try FrameStore(path: path, access: .writing)
    try store.keep(frames[12_000].timestamp...frames[12_100].timestamp, reason: "alarm")
    #expect(try apply { $0.mostBytes = 1 } == 4)
    let kept = Array(frames[10_000..<20_000]) + Array(frames[50_000...])
    #expect(try Recordings.read(path).frames == kept)
    let found = try Recordings.verify(path)
    #expect(found.isIntact)
    #expect(found.gaps.map(\.cause) == ["deleted to keep the store within its limit of size"])
    #expect(
      try apply { retention in
        retention.mostBytes = 1
        retention.includesKept = true
      } == 1)
  }

  @Test("nothing goes by age while the clock is not set")
  func distrustsClock() throws {
    #expect(try apply({ $0.longestAge = 1 }, isSet: false) == 0)
  }

  @Test("a block that somebody deletes in secret is missed")
  func missesBlocks() throws {
    try FrameStore(path: path, access: .writing).database.inDatabase { database in
      try database.execute(sql: "DELETE FROM block WHERE position = 20000")
      try database.execute(sql: "DELETE FROM content WHERE position = 20000")
    }
    let found = try Recordings.verify(path)
    #expect(found.faults == ["records 20000 to 29999 are missing: nobody deleted them"])
  }
}
