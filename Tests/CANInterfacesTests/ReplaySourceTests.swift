import CANFrames
import CANInterfaces
import Foundation
import Testing

@Suite("A replayed log")
struct ReplaySourceTests {
  static func now() -> Int64 { Int64(Date.now.timeIntervalSince1970 * 1e9) }

  @Test("gives at full speed what the file holds, events included")
  func givesAll() throws {
    let log = try TemporaryFile(
      logText(3) + "DROPCOUNT: dropped 3 CAN frames on 'can0' socket (total drops 3)\n"
        + logText(9000))
    var file = try FileSource(log.path)
    var replay = try ReplaySource(log.path, speed: .unlimited)
    let expected = try readAll(&file).batch
    let (batch, state) = try readAll(&replay)
    #expect(state == .ended)
    #expect(batch.frames == expected.frames)
    #expect(batch.events == expected.events)
    #expect(replay.log.lineCount == 9004)
    #expect(replay.buses[0] == "can0")
  }

  @Test("takes the time that its speed says, and keeps recorded times")
  func takesTime() throws {
    let log = try TemporaryFile(logText(3, every: 500_000_000))
    var replay = try ReplaySource(log.path, speed: .factor(20))
    let start = ContinuousClock.now
    let (batch, _) = try readAll(&replay)
    #expect(ContinuousClock.now - start >= .milliseconds(50))
    #expect(
      batch.frames.map(\.timestamp)
        == [0, 1, 2].map { 1_735_270_496_000_000_000 + $0 * 500_000_000 })
  }

  @Test("is stamped with the present time if it passes for live")
  func passesForLive() throws {
    let log = try TemporaryFile(logText(5, every: 500_000_000))
    var replay = try ReplaySource(log.path, speed: .factor(10), asIfLive: true)
    let before = Self.now()
    var batch = FrameBatch()
    _ = try replay.read(into: &batch, waitingMilliseconds: 0)
    usleep(130_000)  // a reader that lags
    let stamps = (batch.frames + (try readAll(&replay).batch.frames)).map(\.timestamp)
    #expect(stamps.count == 5)
    #expect(stamps.allSatisfy { $0 > before - 1_000_000 && $0 < Self.now() + 1_000_000 })
    // Frames are stamped when they are due, not when somebody came to read them.
    for (earlier, later) in zip(stamps, stamps.dropFirst()) {
      #expect(abs(later - earlier - 50_000_000) < 20_000_000)
    }
  }

  @Test("waits no longer than it is told")
  func timesOut() throws {
    let log = try TemporaryFile(logText(2, every: 3_600_000_000_000))
    var replay = try ReplaySource(log.path)
    var batch = FrameBatch()
    #expect(try replay.read(into: &batch, waitingMilliseconds: 0) == .open)
    #expect(batch.frames.count == 1)
    #expect(try replay.read(into: &batch, waitingMilliseconds: 0) == .open)
    #expect(try replay.read(into: &batch, waitingMilliseconds: 20) == .open)
    #expect(batch.frames.count == 1)
  }

  @Test("is left at once when the stop descriptor becomes readable", .timeLimit(.minutes(3)))
  func stops() throws {
    let log = try TemporaryFile(logText(2, every: 3_600_000_000_000))
    let stop = try WakeSignal()
    var replay = try ReplaySource(log.path, stop: stop.descriptor)
    var batch = FrameBatch()
    _ = try replay.read(into: &batch, waitingMilliseconds: 0)
    inBackground(afterMilliseconds: 50) { stop.raise() }
    #expect(try replay.read(into: &batch, waitingMilliseconds: -1) == .stopped)
    #expect(batch.frames.count == 1)
  }

  @Test("begins again if it loops", arguments: [1, 6000])
  func loops(count: Int) throws {
    let log = try TemporaryFile(logText(count, every: 1000))
    var replay = try ReplaySource(log.path, speed: .unlimited, isLooping: true)
    var batch = FrameBatch()
    while batch.frames.count < 3 * count {
      try #require(try replay.read(into: &batch, waitingMilliseconds: 1000) == .open)
    }
    let payloads = batch.frames.prefix(3 * count).map(\.payload)
    #expect(payloads == (0..<3 * count).map { UInt64(UInt32($0 % count).byteSwapped) })
  }

  @Test(
    "ends though it loops if there is no frame in it",
    arguments: [
      "", "noise\n", "DROPCOUNT: dropped 3 CAN frames on 'can0' socket (total drops 3)\n",
    ])
  func endsWithoutFrames(text: String) throws {
    let log = try TemporaryFile(text)
    var replay = try ReplaySource(log.path, speed: .unlimited, isLooping: true)
    #expect(try readAll(&replay).state == .ended)
  }
}
