import CANFrames

/// What newer firmware says of its controller unasked, as the error frame that the kernel's slcan
/// driver makes of it.
///
///     sp000128     the state (active, warning, passive, bus off), receive and send error counters
///     e2aB         so many errors: ack, bit0, Bit1, crc, form, overrun, Overrun sending, stuff
enum LawicelErrorLine {
  /// The frame; `nil` if the line is something else.
  static func frame(_ line: [UInt8]) -> CANFrame? {
    switch line.first {
    case UInt8(ascii: "s"): state(line)
    case UInt8(ascii: "e"): errors(line)
    default: nil
    }
  }

  private static func state(_ line: [UInt8]) -> CANFrame? {
    guard line.count == 8, let received = counter(line[2..<5]), let sent = counter(line[5..<8])
    else { return nil }
    var report = ErrorFrame()
    report.add(0x200, byte: 6, sent)
    report.add(0x200, byte: 7, received)
    let (warning, passive): (UInt8, UInt8) = received >= sent ? (0x04, 0x10) : (0x08, 0x20)
    switch line[1] {
    case UInt8(ascii: "a"): report.controller(0x40)
    case UInt8(ascii: "w"): report.controller(warning)
    case UInt8(ascii: "p"): report.controller(passive)
    case UInt8(ascii: "b"): report.classes |= 0x40
    default: return nil
    }
    return report.frame
  }

  private static func errors(_ line: [UInt8]) -> CANFrame? {
    guard line.count >= 3, case let count = Int(line[1]) - 0x30, count == line.count - 2 else {
      return nil
    }
    var report = ErrorFrame()
    for letter in line[2...] {
      switch letter {
      case UInt8(ascii: "a"): report.classes |= 0x20
      case UInt8(ascii: "b"): report.violation(0x08)
      case UInt8(ascii: "B"): report.violation(0x10)
      case UInt8(ascii: "c"): report.add(0x88, byte: 3, 0x08)
      case UInt8(ascii: "f"): report.violation(0x02)
      case UInt8(ascii: "o"): report.controller(0x01)
      case UInt8(ascii: "O"): report.controller(0x02)
      case UInt8(ascii: "s"): report.violation(0x04)
      default: return nil
      }
    }
    return report.frame
  }

  /// Three decimal digits, at most 255 of which fit an error frame; bus off counts to 256.
  private static func counter(_ digits: ArraySlice<UInt8>) -> UInt8? {
    var number = 0
    for digit in digits {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
      number = number * 10 + Int(digit - UInt8(ascii: "0"))
    }
    return UInt8(clamping: number)
  }
}
