import BusbarTestSupport
import CANFrames
import Foundation
import Testing

@testable import FrameStore

@Suite("Damage")
struct CorruptionTests {
  /// `BUSBAR_BIT_FLIPS=1000` is the full test.
  static let flipCount =
    ProcessInfo.processInfo.environment["BUSBAR_BIT_FLIPS"].flatMap { Int($0) } ?? 60

  @Test("a bit that flips anywhere is found, or harmless, and takes little with it")
  func findsFlips() throws {
    let folder = try TemporaryFolder()
    let path = folder.url.appending(path: "test.busbar").path()
    let frames = Traffic.battery(60_000)
    try Recordings.append(frames, to: path, piece: 9000)
    try Recordings.append(Array(Traffic.battery(2000, seed: 4)), to: path)
    let all = try Recordings.read(path).frames
    let whole = try Data(contentsOf: URL(filePath: path))
    var random = SplitMix64(seed: 11)
    var (harmless, refused, partial) = (0, 0, 0)
    for _ in 0..<Self.flipCount {
      var bytes = whole
      let place = random.below(bytes.count)
      bytes[place] ^= UInt8(1 << random.below(8))
      let copy = folder.url.appending(path: "copy.busbar").path()
      for suffix in ["", "-wal", "-shm"] {
        try? FileManager.default.removeItem(atPath: copy + suffix)
      }
      try bytes.write(to: URL(filePath: copy))
      do {
        let found = try Recordings.verify(copy)
        let (read, _, damages) = try Recordings.read(copy)
        if found.isIntact && damages.isEmpty {
          // A byte that means nothing: a free page, or the slack of one.
          #expect(read == all, "byte \(place) changed what is read, unnoticed")
          harmless += 1
        } else {
          #expect(Set(read).isSubset(of: Set(all)), "byte \(place) brought frames that never were")
          partial += 1
          // A block of nine, unless a page was hit that leads to others.
          if place > 8192 {
            #expect(read.count >= all.count / 3, "byte \(place) took \(all.count - read.count)")
          }
        }
      } catch let error as StoreError {
        #expect(!error.description.isEmpty)
        refused += 1
      }
    }
    #expect(partial > 0)
    #expect(
      refused <= max(2, Self.flipCount / 10), "\(refused) of \(Self.flipCount) opened nothing")
  }

  @Test("recording goes on in a new store when the old one is spoilt")
  func replacesStore() throws {
    let folder = try TemporaryFolder()
    let path = folder.url.appending(path: "test.busbar").path()
    var options = RecorderOptions { Recordings.clock() }
    options.commitSeconds = 0.02
    let recorder = try FrameRecorder(path: path, source: "can0", options: options)
    // Another program writes into the middle of it.
    let file = try FileHandle(forWritingTo: URL(filePath: path))
    for name in [path + "-wal"] { try? FileManager.default.removeItem(atPath: name) }
    try file.truncate(atOffset: 0)
    try file.write(contentsOf: Data(repeating: 0x55, count: 200_000))
    try file.close()
    var batch = FrameBatch()
    for frame in Traffic.battery(100) { batch.append(frame) }
    recorder.record(batch, buses: Traffic.buses)
    try? recorder.close()
    let status = recorder.status
    if status.replacedStore != nil {
      let (frames, events, _) = try Recordings.read(path)
      #expect(frames == batch.frames)
      #expect(events.contains { if case .storeReplaced = $0.kind { true } else { false } })
    } else {
      // SQLite still had every page it needed in memory.
      #expect(status.failure != nil || status.storedCount > 100)
    }
  }
}
