import CANFrames

/// What an adapter's controller reports when it is asked (`F`).
///
/// | Bit | Meaning |
/// | --- | --- |
/// | 0 | frames were lost: the receive queue was full |
/// | 1 | the transmit queue is full |
/// | 2 | error warning: an error counter passed 96 |
/// | 3 | frames were lost: the controller was overrun |
/// | 5 | error-passive |
/// | 6 | arbitration lost |
/// | 7 | bus error |
///
/// Adapters do not say how many frames were lost.
struct LawicelStatusFlags: Hashable, Sendable {
  let bits: UInt8

  init(_ bits: UInt8) { self.bits = bits }

  /// The flags as the kernel's drivers report the same troubles: an error frame; `nil` if there is
  /// none.
  var frame: CANFrame? {
    var report = ErrorFrame()
    if bits & 0x09 != 0 { report.controller(0x01) }
    if bits & 0x02 != 0 { report.controller(0x02) }
    if bits & 0x04 != 0 { report.controller(0x04) }
    if bits & 0x20 != 0 { report.controller(0x10) }
    if bits & 0x40 != 0 { report.classes |= 0x02 }
    if bits & 0x80 != 0 { report.classes |= 0x80 }
    return report.classes == 0 ? nil : report.frame
  }
}

/// An error frame that is being put together (Linux `include/uapi/linux/can/error.h`).
struct ErrorFrame: Hashable, Sendable {
  var classes: UInt32 = 0
  var data: UInt64 = 0

  /// Adds trouble of the controller: bits of the second byte.
  mutating func controller(_ bits: UInt8) { add(0x04, byte: 1, bits) }

  /// Adds trouble of the protocol: bits of the third byte.
  mutating func violation(_ bits: UInt8) { add(0x88, byte: 2, bits) }

  /// Adds a class and bits of one of the eight bytes.
  mutating func add(_ errorClass: UInt32, byte: UInt64, _ bits: UInt8) {
    classes |= errorClass
    data |= UInt64(bits) << (8 * byte)
  }

  var frame: CANFrame? {
    CANIdentifier(exactly: classes, format: .extended).map {
      CANFrame(
        timestamp: CANFrame.noTime, identifier: $0, kind: .error, payload: data, length: 8)
    }
  }
}
