import CANFrames
import Foundation
import GRDB

/// What the recorder's thread owns: the store, and what is not in it yet.
struct RecorderDisk: ~Copyable {
  private let path: String
  private let source: String
  private let options: RecorderOptions
  private var appender: StoreAppender
  private var pending: [RecordPiece] = []
  /// On the monotonic clock.
  private var lastSeal: Int64
  private var unsealedCount = 0
  private var wear = WearMeter()

  init(path: String, source: String, options: RecorderOptions) throws(StoreError) {
    self.path = path
    self.source = source
    self.options = options
    let clock = options.clock()
    lastSeal = clock.monotonic
    appender = try Self.appender(path, source, options)
  }

  private static func appender(
    _ path: String, _ source: String, _ options: RecorderOptions
  ) throws(StoreError) -> StoreAppender {
    StoreAppender(
      try FrameStore(path: path, access: .writing), source: source, boot: options.clock().boot,
      precision: options.precision)
  }

  /// Whether the last run of recording did not end in order.
  func followsCrash() throws(StoreError) -> Bool {
    try appender.store.read { database in
      try String.fetchOne(
        database,
        sql: """
          SELECT kind FROM event WHERE kind IN ('started', 'stopped')
          ORDER BY position DESC LIMIT 1
          """) == "started"
    }
  }

  /// Takes records that are to be written with the next commit.
  mutating func add(_ pieces: [RecordPiece]) { pending += pieces }

  /// Writes everything that is pending, or nothing.
  ///
  /// - Returns: The position behind the last record.
  mutating func commit(buses: BusNames, sealing: Bool) throws(StoreError) -> Int64 {
    let clock = options.clock()
    let count = pending.reduce(unsealedCount) { $0 + $1.recordCount }
    let isDue = clock.monotonic - lastSeal >= Int64(options.sealSeconds * 1e9)
    let seals = sealing || isDue || count >= RecordPiece.mostFrames
    let end = try appender.append(pending, buses: buses, sealing: seals)
    pending.removeAll()
    unsealedCount = seals ? 0 : count
    if seals {
      lastSeal = clock.monotonic
      // The records are safe. If these chores fail, so will the next commit, which says why.
      _ = try? appender.store.applyRetention(options.retention, clock: clock)
      try? wear.note(in: appender.store, clock: clock)
    }
    return end
  }

  /// Puts a store that cannot be written any more aside and begins a new one.
  ///
  /// - Returns: The old one's new name, or `nil` if that failed too.
  mutating func replaceStore() -> String? {
    let path = path
    let names = (1...99).lazy.map { "\(path).damaged-\($0)" }
    guard let name = names.first(where: { !FileManager.default.fileExists(atPath: $0) }) else {
      return nil
    }
    try? appender.store.close()
    for suffix in ["", "-wal", "-shm"] { _ = unsafe rename(path + suffix, name + suffix) }
    guard let fresh = try? Self.appender(path, source, options) else { return nil }
    appender = fresh
    let clock = options.clock()
    var piece = RecordPiece(clockOffset: clock.offset, clockIsSet: clock.isSet)
    piece.append(StoreEvent(.storeReplaced(name), time: clock.realtime))
    pending.insert(piece, at: 0)
    unsealedCount = 0
    return name
  }

  func close() { try? appender.store.close() }

  /// Carries the disk into its thread: a closure cannot own what cannot be copied.
  final class Box: @unchecked Sendable {
    // Filled once before the thread starts and emptied once by it.
    private var disk: RecorderDisk?

    init(_ disk: consuming RecorderDisk) { self.disk = consume disk }

    func take() -> RecorderDisk {
      guard let disk = disk.take() else { preconditionFailure("a disk is taken once") }
      return disk
    }
  }
}
