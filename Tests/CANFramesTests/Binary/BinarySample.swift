import BusbarTestSupport
import CANFrames

/// Frames for the binary formats.
enum BinarySample {
  static let formats: [LogFormat] = [.pcap, .pcapng, .blf]

  /// Frames of every kind, from two buses, with a loss between them, as candump logs them.
  static let log = ReadLog(
    candump: """
      (1735270496.916858) can0 351#1F01BC02E803E700
      (1735270496.917858123) can1 18FF50E5#0102
      (1735270497.000300) can0 305#R8
      (1735270497.000400) can0 123#
      DROPCOUNT: dropped 3 CAN frames on 'can0' socket (total drops 3)
      (1735270497.000600) can0 20000088#0000900000000000
      (1735270498.000000) can1 00000001#R0
      (1735270498.000001) can0 7FF#1122334455667788

      """)

  /// The bytes of ``log``.
  static func bytes(_ format: LogFormat) -> [UInt8] {
    bytes(of: log.batch, log.reader.buses, format).bytes
  }

  static func bytes(
    of batch: FrameBatch, _ buses: BusNames, _ format: LogFormat
  ) -> (bytes: [UInt8], omissions: LogOmissions) {
    var writer = LogWriter(format: format)
    var bytes: [UInt8] = []
    writer.write(batch, buses: buses, to: &bytes)
    writer.finish(to: &bytes)
    return (bytes, writer.omissions)
  }
}

/// Bytes from hex, blanks and line ends between them.
func bytes(hex text: String) -> [UInt8] {
  let digits = text.filter { !$0.isWhitespace }
  return stride(from: 0, to: digits.count, by: 2).compactMap { offset in
    UInt8(digits.dropFirst(offset).prefix(2), radix: 16)
  }
}
