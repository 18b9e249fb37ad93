import CANFrames

/// How long a frame occupies the bus, for the bus load.
enum FrameBits {
  /// After the checksum: its delimiter, the acknowledgement, the end of the frame and the pause.
  private static let tail = 13
  /// The polynomial of CAN's 15-bit checksum.
  private static let polynomial: UInt16 = 0x4599

  /// The bits from the start of a data or remote frame to the end of the pause after it, with the
  /// stuff bits that its content needs; 0 for an error report, which is not a frame on the wire.
  static func count(_ frame: CANFrame) -> Int {
    guard frame.kind != .error else { return 0 }
    var line = StuffedLine()
    let isRemote: UInt64 = frame.kind == .remote ? 1 : 0
    let number = UInt64(frame.identifier.number)
    line.send(0, 1)
    if frame.identifier.format == .standard {
      line.send(number, 11)
      // Remote request, then identifier extension and a reserved bit, both 0.
      line.send(isRemote << 2, 3)
    } else {
      line.send(number >> 18, 11)
      // Substitute remote request and identifier extension, both 1.
      line.send(0b11, 2)
      line.send(number & 0x3FFFF, 18)
      line.send(isRemote << 2, 3)
    }
    line.send(UInt64(frame.length), 4)
    if isRemote == 0 {
      for index in 0..<Int(frame.length) { line.send(UInt64(frame.byte(at: index)), 8) }
    }
    line.send(UInt64(line.checksum), 15)
    return line.count + tail
  }

  /// Bits as they go out: after five equal ones the sender adds one of the other kind.
  private struct StuffedLine {
    var count = 0
    var checksum: UInt16 = 0
    private var last: UInt64 = 2
    private var run = 0

    mutating func send(_ bits: UInt64, _ width: UInt64) {
      for position in (0..<width).reversed() {
        let bit = bits >> position & 1
        let isFlipping = bit != UInt64(checksum >> 14 & 1)
        checksum = checksum << 1 & 0x7FFF
        if isFlipping { checksum ^= FrameBits.polynomial }
        put(bit)
      }
    }

    private mutating func put(_ bit: UInt64) {
      count += 1
      run = bit == last ? run + 1 : 1
      last = bit
      if run == 5 {
        count += 1
        last = 1 - bit
        run = 1
      }
    }
  }
}
