/// The state of a controller as PEAK's driver reports it: four bytes, the last the lowest.
struct TRCStatus {
  private let bits: UInt32

  /// Reads the first run of four bytes from `start` on; `nil` if there is none.
  init?(_ line: Span<UInt8>, _ start: Int) {
    var position = start
    var bits: UInt32 = 0
    var count = 0
    while position < line.count, count < 4 {
      let word = LineScanner.word(line, &position)
      guard word.count == 2, let byte = LineScanner.hexNumber(line, word) else {
        (bits, count) = (0, 0)
        continue
      }
      bits = bits << 8 | byte
      count += 1
    }
    guard count == 4 else { return nil }
    self.bits = bits
  }

  /// The state as the kernel reports it, in an error frame; see ``CANErrorReport``.
  func frame(timestamp: Int64, bus: UInt8) -> CANFrame? {
    let (classes, controller): (UInt32, UInt64) =
      if bits & 0x10 != 0 { (0x40, 0) }  // PCAN_ERROR_BUSOFF
      else if bits & 0x4_0000 != 0 { (0x04, 0x30) }  // PCAN_ERROR_BUSPASSIVE
      else if bits & 0x0C != 0 { (0x04, 0x0C) }  // PCAN_ERROR_BUSLIGHT, _BUSHEAVY
      else if bits & 0x02 != 0 { (0x04, 0x01) }  // PCAN_ERROR_OVERRUN
      else { (0x04, 0x40) }
    guard let identifier = CANIdentifier(exactly: classes, format: .extended) else { return nil }
    return CANFrame(
      timestamp: timestamp, identifier: identifier, kind: .error, payload: controller << 8,
      length: 8, bus: bus)
  }
}
