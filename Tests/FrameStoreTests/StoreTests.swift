import BusbarTestSupport
import CANFrames
import Foundation
import GRDB
import Testing

@testable import FrameStore

@Suite("The store")
struct StoreTests {
  let folder: TemporaryFolder
  var path: String { folder.url.appending(path: "test.busbar").path() }

  init() throws { folder = try TemporaryFolder() }

  @Test("frames are the same from the tail, from blocks, and after they were sealed")
  func keepsFrames() throws {
    let frames = Traffic.battery(30_000)
    try Recordings.append(Array(frames[..<2000]), to: path)
    #expect(try Recordings.read(path).frames == Array(frames[..<2000]))
    try Recordings.append(Array(frames[2000...]), to: path, piece: 10_000)
    #expect(try Recordings.read(path).frames == frames)
    try Recordings.append([], to: path, sealing: true)
    #expect(try Recordings.read(path).frames == frames)
    let found = try Recordings.verify(path)
    #expect(found.isIntact && found.frameCount == 30_000, "\(found.faults)")
    #expect(try FrameStore(path: path, access: .reading).info().unsealedCount == 0)
  }

  @Test("a store whose writer was killed while it made the file is mended by who reads it first")
  func mendsHalfMadeStore() throws {
    // What a kill leaves: the file and the journal of the moment before a commit.
    let making = folder.url.appending(path: "making").path()
    try DatabaseQueue(path: making).inDatabase { database in
      try database.execute(sql: "PRAGMA cache_size = 1; CREATE TABLE a(b)")
      try database.execute(sql: "INSERT INTO a VALUES(randomblob(100000))")
      try database.execute(sql: "BEGIN; UPDATE a SET b = randomblob(100000)")
      for suffix in ["", "-journal"] {
        try FileManager.default.copyItem(atPath: making + suffix, toPath: path + suffix)
      }
      try database.execute(sql: "ROLLBACK")
    }
    #expect(FileManager.default.fileExists(atPath: path + "-journal"))
    #expect(throws: StoreError.notAStore(path)) { _ = try FrameStore(path: path, access: .reading) }
    #expect(!FileManager.default.fileExists(atPath: path + "-journal"))
  }

  @Test(
    "a consumer that stops anywhere goes on with the next record",
    arguments: [1, 7, 499, 500, 1234])
  func resumes(_ position: Int) throws {
    let frames = Traffic.battery(2000)
    try Recordings.append(frames, to: path)
    #expect(try Recordings.read(path, from: Int64(position)).frames == Array(frames[position...]))
    try Recordings.append([], to: path, sealing: true)
    #expect(try Recordings.read(path, from: Int64(position)).frames == Array(frames[position...]))
  }

  @Test("events keep their places between the frames, sealed or not")
  func keepsEvents() throws {
    let frames = Traffic.battery(10)
    var appender = StoreAppender(
      try FrameStore(path: path, access: .writing), source: "test", boot: nil)
    var piece = RecordPiece(clockOffset: nil, clockIsSet: true)
    for (index, frame) in frames.enumerated() {
      if index % 3 == 0 {
        piece.append(StoreEvent(.bus(.framesDropped(index)), time: frame.timestamp, bus: "can0"))
      }
      _ = piece.append(frame)
    }
    piece.append(StoreEvent(.stopped, time: frames[9].timestamp))
    try appender.append([piece], buses: Traffic.buses)
    for seals in [false, true] {
      try appender.append([], buses: Traffic.buses, sealing: seals)
      var reader = StoreReader(appender.store)
      guard case .records(let records) = try reader.next() else {
        Issue.record("no records")
        return
      }
      #expect(records.events.map(\.frameIndex) == [0, 3, 6, 9, 10])
      #expect(records.events.map(\.event.kind).first == .bus(.framesDropped(0)))
      var batch = FrameBatch()
      records.appendBusRecords(to: &batch)
      #expect(batch.events.map(\.position) == [0, 3, 6, 9])
      for position in 0..<Int64(15) {
        reader.seek(to: position)
        guard case .records(let rest) = try reader.next() else {
          Issue.record("no records from \(position)")
          return
        }
        #expect(rest.position == position && rest.end == 15)
      }
    }
  }

  @Test("only the blocks of a time range are looked at, and only the streams that are wanted")
  func selects() throws {
    let frames = Traffic.battery(40_000)
    try Recordings.append(frames, to: path, piece: 10_000)
    let store = try FrameStore(path: path, access: .reading)
    let range = frames[15_000].timestamp...frames[15_010].timestamp
    let blocks = try store.blocks(in: range)
    #expect(blocks.map(\.positions) == [10_000..<20_000])
    var reader = StoreReader(store)
    let wanted = frames[15_000].identifier
    let found = try reader.frames(of: blocks[0]) { $0.identifier == wanted }
    #expect(found.frames == frames[10_000..<20_000].filter { $0.identifier == wanted })
  }

  @Test("gaps and complete stretches are told in the order of their times")
  func ordersGaps() throws {
    let second: Int64 = 1_000_000_000
    var appender = StoreAppender(
      try FrameStore(path: path, access: .writing), source: "test", boot: nil)
    for start in [Traffic.start + 5000 * second, Traffic.start] {
      var piece = RecordPiece(clockOffset: nil, clockIsSet: true)
      for (number, frame) in Traffic.battery(100, from: start).enumerated() {
        if number == 50 {
          piece.append(StoreEvent(.bus(.framesDropped(3)), time: frame.timestamp, bus: "can0"))
        }
        _ = piece.append(frame)
      }
      try appender.append([piece], buses: Traffic.buses)
    }
    let found = try Recordings.verify(path)
    #expect(found.gaps.count == 2 && found.gaps[0].until < found.gaps[1].from)
    #expect(found.complete.map(\.lowerBound) == found.complete.map(\.lowerBound).sorted())
    #expect(found.complete.first?.lowerBound == Traffic.battery(1).first?.timestamp)
  }

  @Test("cursors and caches belong to whoever names them")
  func keepsCaches() throws {
    let store = try FrameStore(path: path, access: .writing)
    #expect(try store.cursor("influx") == 0)
    try store.setCursor("influx", to: 42)
    func entry(_ key: Int64, _ byte: UInt8) -> CacheEntry {
      CacheEntry(name: "rollup", key: key, value: [byte])
    }
    try store.cache([entry(1, 1), entry(5, 5), entry(3, 3)], movingCursor: ("rollup", 7))
    try store.cache([entry(3, 33)])
    #expect(try store.cursor("influx") == 42)
    #expect(try store.cursor("rollup") == 7)
    let found = try store.cached("rollup", 2...9)
    #expect(found == [entry(3, 33), entry(5, 5)])
    try store.dropCaches(forgettingCursor: "rollup")
    #expect(try store.cached("rollup", 0...9).isEmpty)
    #expect(try store.cursor("rollup") == 0 && store.cursor("influx") == 42)
  }

  @Test("a file of another program, a newer store and a missing one are refused, with what to do")
  func refuses() throws {
    #expect(throws: StoreError.noSuchStore(path)) {
      try FrameStore(path: path, access: .reading)
    }
    try Data("This is a letter, not a database, and long enough to look.".utf8).write(
      to: URL(filePath: path))
    #expect(throws: StoreError.notAStore(path)) { try FrameStore(path: path, access: .writing) }
    let other = folder.url.appending(path: "other.sqlite").path()
    try DatabaseQueue(path: other).write { try $0.execute(sql: "CREATE TABLE t(x)") }
    #expect(throws: StoreError.notAStore(other)) { try FrameStore(path: other, access: .writing) }
    let newer = folder.url.appending(path: "newer.busbar").path()
    try FrameStore(path: newer, access: .writing).database.inDatabase {
      try $0.execute(sql: "PRAGMA user_version = 2")
    }
    #expect(throws: StoreError.newerVersion(newer, 2)) {
      try FrameStore(path: newer, access: .writing)
    }
    #expect(
      StoreError.newerVersion("x", 2).description
        == "x: written by a newer Busbar (format 2, this one knows 1); install that one to read it")
  }
}
