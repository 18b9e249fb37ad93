import BMSDialects
import BatteryModel
import BusbarTestSupport
import CANFrames
import Foundation
import FrameStore
import Testing

@testable import History

@Suite("The history of a recording")
struct HistoryTests {
  private static let second: Int64 = 1_000_000_000
  private static let start: Int64 = 1_767_225_600 * second
  private let folder: TemporaryFolder
  private var path: String { folder.url.appending(path: "test.busbar").path() }

  init() throws { folder = try TemporaryFolder() }

  /// A REC whose voltage goes up and down between 24 and 28 V, a round each second, with a pause of
  /// an hour in the middle.
  private static func traffic(_ seconds: Int) -> [CANFrame] {
    (0..<seconds).flatMap { second in
      let time = start + (Int64(second) + (second > seconds / 2 ? 3600 : 0)) * Self.second
      let centivolts = UInt64(2400 + (second * 7) % 400)
      let frames: [(UInt16, UInt64, UInt8)] = [
        (0x351, 0x00E7_03E8_02BC_011F, 8), (0x355, 0x1388_0064_0032, 6),
        (0x356, 0x0127_0000_0000 | centivolts, 6), (0x35E, 0x0053_4D42_2D43_4552, 8),
        (0x380, 0x0035_3438_312D_5131, 8),
      ]
      return frames.enumerated().map { index, frame in
        CANFrame(
          timestamp: time + Int64(index) * 1_000_000, identifier: .standard(frame.0),
          payload: frame.1, length: frame.2)
      }
    }
  }

  private func record(_ frames: [CANFrame]) throws {
    var importer = try LogImporter(
      try FrameStore(path: path, access: .writing), log: "test", precision: .microseconds)
    var batch = FrameBatch()
    for frame in frames { batch.append(frame) }
    try importer.add(batch, buses: BusNames(["can0"]))
    try importer.finish()
  }

  /// What the frames themselves say of the voltage.
  private static func voltages(_ frames: [CANFrame]) -> [(time: Int64, value: Double)] {
    frames.filter { $0.identifier == .standard(0x356) }.map {
      ($0.timestamp, Double($0.payload & 0xFFFF) / 100)
    }
  }

  private func answer(
    _ range: Range<Int64>, buckets: Int, of quantity: BatteryQuantity = .voltage
  ) throws -> SeriesAnswer {
    let store = try FrameStore(path: path, access: .reading)
    let reader = HistoryReader(store, .automatic)
    return try reader.answer(
      SeriesQuery(SeriesName(quantity, bus: "can0"), range, mostBuckets: buckets))
  }

  @Test(
    "answers are what the frames say, from cells and from frames, built or not",
    arguments: [1, 3, 40, 700], [true, false])
  func isRight(buckets: Int, isBuilt: Bool) throws {
    let frames = Self.traffic(9000)
    try record(frames)
    if isBuilt {
      var builder = try HistoryBuilder(
        try FrameStore(path: path, access: .writing), .automatic)
      #expect(try builder.build())
    }
    let end = try #require(frames.last).timestamp + 1
    let answer = try answer(Self.start..<end, buckets: buckets)
    #expect(answer.buckets.count <= buckets)
    #expect(answer.start <= Self.start)
    for (index, bucket) in answer.buckets.enumerated() {
      let from = answer.start + Int64(index) * answer.width
      let values = Self.voltages(frames).filter { (from..<from + answer.width).contains($0.time) }
      #expect(bucket?.count ?? 0 == values.count)
      guard let bucket, !values.isEmpty else { continue }
      #expect(bucket.minimum == values.map(\.value).min())
      #expect(bucket.maximum == values.map(\.value).max())
      #expect(bucket.first == values.first?.value && bucket.last == values.last?.value)
      let mean = values.reduce(0) { $0 + $1.value } / Double(values.count)
      #expect(abs(bucket.mean - mean) < 1e-9)
    }
    if buckets >= 40 { #expect(answer.buckets.contains { $0 == nil }, "a gap stays a gap") }
  }

  @Test("building goes on where it was stopped, and what comes later is in the answer")
  func goesOn() throws {
    let frames = Self.traffic(9000)
    try record(Array(frames.prefix(20_000)))
    var builder = try HistoryBuilder(try FrameStore(path: path, access: .writing), .automatic)
    #expect(try builder.build { _ in false } == false)
    try record(frames)
    builder = try HistoryBuilder(try FrameStore(path: path, access: .writing), .automatic)
    #expect(try builder.build())
    let end = try #require(frames.last).timestamp + 1
    let total = try answer(Self.start..<end, buckets: 1).buckets.compactMap { $0?.count }.reduce(
      0, +)
    #expect(total == 9000)
    let store = try FrameStore(path: path, access: .reading)
    let kinds = try HistoryReader(store, .automatic).events(in: Int64.min...Int64.max)
      .map(\.kindName)
    #expect(kinds.filter { $0 == "silence" }.count == 1)
    #expect(kinds.filter { $0 == "dialect" }.count == 1)
  }

  @Test("another dialect makes the history anew")
  func followsDialect() throws {
    let frames = Self.traffic(3000)
    try record(frames)
    let store = try FrameStore(path: path, access: .writing)
    var builder = try HistoryBuilder(store, .automatic)
    try builder.build()
    let victron = try #require(DialectAtlas.dialect(named: "victron"))
    #expect(HistoryDialects.automatic.fingerprint != HistoryDialects.fixed(victron).fingerprint)
    builder = try HistoryBuilder(store, .fixed(victron))
    try builder.build()
    let reader = HistoryReader(store, .fixed(victron))
    let answer = try reader.answer(
      SeriesQuery(
        SeriesName(.voltage, bus: "can0"), Self.start..<Self.start + 86_400 * Self.second,
        mostBuckets: 1))
    #expect(answer.buckets.compactMap { $0?.count }.reduce(0, +) == 3000)
  }

  /// A battery that speaks Pylontech's dialect, by its name and its 0x359.
  private static func pylontech(_ seconds: Int, from start: Int64) -> [CANFrame] {
    (0..<seconds).flatMap { second in
      let frames: [(UInt16, UInt64, UInt8)] = [
        (0x351, 0x0000_03E8_02BC_011F, 6), (0x355, 0x0064_0032, 4), (0x356, 0x0127_0000_12C0, 6),
        (0x359, 0x004E_5001_0000_0000, 7), (0x35C, 0xC0, 2), (0x35E, 0x2020_204E_4F4C_5950, 8),
      ]
      return frames.enumerated().map { index, frame in
        CANFrame(
          timestamp: start + (Int64(second) * 1000 + Int64(index)) * 1_000_000,
          identifier: .standard(frame.0), payload: frame.1, length: frame.2)
      }
    }
  }

  @Test(
    "another dialect is followed in the newest minutes, sealed or not, and by who asks later",
    arguments: [true, false])
  func followsBattery(isSealed: Bool) throws {
    let rec = Self.traffic(600)
    try record(rec)
    var builder = try HistoryBuilder(try FrameStore(path: path, access: .writing), .automatic)
    try builder.build()
    let change = try #require(rec.last).timestamp + Self.second
    let other = Self.pylontech(600, from: change)
    if isSealed {
      try record(other)
    } else {
      var appender = StoreAppender(
        try FrameStore(path: path, access: .writing), source: "test", boot: "boot")
      var piece = RecordPiece(clockOffset: 0, clockIsSet: true)
      for frame in other { _ = piece.append(frame) }
      try appender.append([piece], buses: BusNames(["can0"]))
    }
    // Only Pylontech tells whether charging is allowed.
    let times = change + 120 * Self.second..<change + 600 * Self.second
    let fresh = try answer(times, buckets: 1, of: .chargeAllowed)
    #expect(fresh.buckets.compactMap { $0?.count }.reduce(0, +) >= 400)
    builder = try HistoryBuilder(try FrameStore(path: path, access: .writing), .automatic)
    try builder.build()
    for buckets in [1, 400] {
      let built = try answer(times, buckets: buckets, of: .chargeAllowed)
      #expect(built.buckets.compactMap { $0?.count }.reduce(0, +) >= 400)
      let before = try answer(
        Self.start..<Self.start + 200 * Self.second, buckets: buckets, of: .chargeAllowed)
      #expect(before.buckets.allSatisfy { $0 == nil }, "a REC's frames are not Pylontech's")
    }
  }

  @Test("what follows from two quantities is a series too")
  func derives() throws {
    let frames = Self.traffic(100)
    try record(frames)
    let power = try answer(
      Self.start..<Self.start + 7200 * Self.second, buckets: 1, of: .power)
    #expect(power.buckets.first??.count == 100)
    #expect(power.buckets.first??.maximum == 0)
  }
}
