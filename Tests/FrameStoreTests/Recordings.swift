import CANFrames
import Foundation
import Testing

@testable import FrameStore

/// What tests need to write and read stores.
enum Recordings {
  /// Appends frames in pieces, each a commit.
  static func append(
    _ frames: [CANFrame], to path: String, piece size: Int = 500, sealing: Bool = false,
    boot: String? = nil, offset: Int64? = nil, isSet: Bool = true
  ) throws {
    var appender = StoreAppender(
      try FrameStore(path: path, access: .writing), source: "test", boot: boot,
      precision: .nanoseconds)
    for start in stride(from: 0, to: frames.count, by: size) {
      var piece = RecordPiece(clockOffset: offset, clockIsSet: isSet)
      for frame in frames[start..<min(start + size, frames.count)] {
        let isKept = piece.append(frame)
        #expect(isKept)
      }
      try appender.append([piece], buses: Traffic.buses)
    }
    if sealing { try appender.append([], buses: Traffic.buses, sealing: true) }
    try appender.store.close()
  }

  /// Everything that can be read, and what cannot.
  static func read(
    _ path: String, from position: Int64 = 0
  ) throws -> (frames: [CANFrame], events: [StoreEvent], damages: [StoreDamage]) {
    var reader = StoreReader(try FrameStore(path: path, access: .reading), from: position)
    var (frames, events, damages) = ([CANFrame](), [StoreEvent](), [StoreDamage]())
    while let step = try reader.next() {
      switch step {
      case .records(let records):
        frames += records.frames
        events += records.events.map(\.event)
      case .damage(let damage): damages.append(damage)
      }
    }
    return (frames, events, damages)
  }

  static func verify(_ path: String) throws -> StoreVerification {
    try StoreVerifier(FrameStore(path: path, access: .reading)).run()
  }

  /// A clock that a test sets.
  static func clock(
    realtime: Int64 = Traffic.start, monotonic: Int64 = 0, isSet: Bool = true
  ) -> ClockState {
    ClockState(realtime: realtime, monotonic: monotonic, isSet: isSet, boot: "boot")
  }
}
