import CANFrames

/// What is wrong with the bus in one second, worked out once for all of its frames.
struct BusFaults: Hashable, Sendable {
  var isSilent = false
  var missing: [CANIdentifier] = []
  /// 0 to 1.
  var corruptedShare = 0.0
  var isBusOff = false
  var hasErrorFrames = false
  var hasWrongBitRate = false
  var hasSecondBMS = false
  /// How far the clock is off, in ns.
  var clockOffset: Int64 = 0

  init() {}

  /// - Parameters:
  ///   - faults: All that there will be.
  ///   - time: From the beginning, in s.
  init(_ faults: [Fault], at time: Double) {
    for fault in faults where fault.isActive(at: time) {
      switch fault.kind {
      case .silence, .restart, .firmware: isSilent = true
      case .missing(let identifier): missing.append(identifier)
      case .corrupted(let percent): corruptedShare = max(corruptedShare, percent / 100)
      case .busOff: isBusOff = true
      case .errorFrames: hasErrorFrames = true
      case .wrongBitRate: hasWrongBitRate = true
      case .secondBMS: hasSecondBMS = true
      case .clockStep(let seconds): clockOffset += Int64(seconds * 1e9)
      case .drift, .looseWire, .stuckSensor, .missingSensor: break
      }
    }
  }
}

/// Error frames as a controller tells them (Linux `include/uapi/linux/can/error.h`).
enum SimulatedErrorFrame {
  /// A stuffing error in the data, received.
  static let stuffing = make(classes: 0x088, payload: 0x0000_0000_0A04_0000)
  /// The controller has left the bus.
  static let busOff = make(classes: 0x040, payload: 0)
  /// The controller has been started again.
  static let restarted = make(classes: 0x100, payload: 0)

  private static func make(classes: UInt32, payload: UInt64) -> CANFrame {
    let identifier = CANIdentifier(exactly: classes, format: .extended) ?? .standard(0)
    return CANFrame(
      timestamp: 0, identifier: identifier, kind: .error, payload: payload, length: 8)
  }
}
