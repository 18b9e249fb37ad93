import BusbarTestSupport
import CANFrames
import Foundation
import Synchronization
import Testing

@testable import FrameStore

@Suite("Clocks")
struct ClockTests {
  let folder: TemporaryFolder
  var path: String { folder.url.appending(path: "test.busbar").path() }

  init() throws { folder = try TemporaryFolder() }

  /// 1970-01-01 and a bit more than twenty-one years: a clock that begins anywhere but today.
  static let wrong: Int64 = 700_000_000_000_000_000

  @Test("what came before the clock was set is dated by it, and the correction is a record")
  func redates() throws {
    let early = Traffic.battery(700, from: Self.wrong)
    let late = Traffic.battery(300)
    try Recordings.append(
      early, to: path, boot: "b", offset: Self.wrong - 1_000_000_000, isSet: false)
    let step = Traffic.start - Self.wrong
    try Recordings.append(
      late, to: path, boot: "b", offset: Traffic.start - 1_000_000_000, isSet: true)
    let (frames, events, damages) = try Recordings.read(path)
    #expect(damages.isEmpty)
    #expect(frames[..<700].map(\.timestamp) == early.map { $0.timestamp + step })
    #expect(frames[700...].map(\.timestamp) == late.map(\.timestamp))
    #expect(events.map(\.kind) == [.clockCorrected(nanoseconds: step, positions: 0...699)])
    #expect(try Recordings.verify(path).isIntact)
    try Recordings.append([], to: path, sealing: true)
    #expect(try Recordings.read(path).frames == frames)
    #expect(try Recordings.verify(path).isIntact)
  }

  @Test("a clock that is set back moves nothing that was rightly dated, and overwrites nothing")
  func stepsBack() throws {
    let first = Traffic.battery(600)
    let second = Traffic.battery(600, seed: 5, from: Traffic.start - 3_600_000_000_000)
    try Recordings.append(first, to: path, boot: "b", offset: Traffic.start, isSet: true)
    try Recordings.append(
      second, to: path, boot: "b", offset: Traffic.start - 3_600_000_000_000, isSet: true)
    #expect(try Recordings.read(path).frames == first + second)
  }

  @Test("what another boot recorded is not touched")
  func leavesOtherBoots() throws {
    let early = Traffic.battery(100, from: Self.wrong)
    try Recordings.append(early, to: path, boot: "a", offset: Self.wrong, isSet: false)
    try Recordings.append(
      Traffic.battery(100), to: path, boot: "b", offset: Traffic.start, isSet: true)
    #expect(Array(try Recordings.read(path).frames[..<100]) == early)
  }

  @Test("a step between two frames puts each under the clock that stamped it")
  func splitsAtStep() throws {
    let clock = Mutex(Recordings.clock(realtime: Self.wrong, isSet: false))
    var options = RecorderOptions { clock.withLock { $0 } }
    options.commitSeconds = 60
    let recorder = try FrameRecorder(path: path, source: "can0", options: options)
    let (early, late) = (Traffic.battery(50, from: Self.wrong), Traffic.battery(50))
    var batch = FrameBatch()
    for frame in early { batch.append(frame) }
    recorder.record(batch, buses: Traffic.buses)
    batch.removeAll()
    let step = Traffic.start - Self.wrong
    clock.withLock { $0 = Recordings.clock(realtime: Traffic.start, isSet: true) }
    batch.append(BusEvent(.clockStep(nanoseconds: step), timestamp: Traffic.start, bus: 0))
    for frame in late { batch.append(frame) }
    recorder.record(batch, buses: Traffic.buses)
    try recorder.close()
    let (frames, events, _) = try Recordings.read(path)
    #expect(frames.map(\.timestamp) == early.map { $0.timestamp + step } + late.map(\.timestamp))
    #expect(events.contains { $0.kind == .bus(.clockStep(nanoseconds: step)) })
    #expect(events.contains { if case .clockCorrected(step, _) = $0.kind { true } else { false } })
  }

  @Test("every frame's monotonic time can be told")
  func keepsMonotonicTime() throws {
    try Recordings.append(
      Traffic.battery(10), to: path, boot: "b", offset: Traffic.start - 77, isSet: true)
    var reader = StoreReader(try FrameStore(path: path, access: .reading))
    guard case .records(let records) = try reader.next() else { return }
    #expect(records.clockOffset == Traffic.start - 77)
  }
}
