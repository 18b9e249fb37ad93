import CANFrames

/// What one line from a LAWICEL adapter means.
///
///     t35181F01BC02E803E700        identifier 0x351, 8 bytes
///     t35181F01BC02E803E7001A2B    the same with the adapter's time, in milliseconds
///     T18FF50E5100                 a 29-bit identifier, 1 byte
///     r3518, R18FF50E58            remote requests
///     F08                          status flags
///     sp000128, e1a                a controller's state and errors, from newer firmware
enum LawicelLine: Hashable, Sendable {
  /// A frame, without its time; `stamp` is in milliseconds.
  case frame(CANFrame, stamp: UInt16?)
  /// A CAN FD frame.
  case flexibleDataRate
  case flags(LawicelStatusFlags)
  /// Anything else: a version, an answer, or garbage.
  case other

  init(_ line: [UInt8]) {
    self = .other
    guard let kind = line.first else { return }
    switch kind {
    case UInt8(ascii: "t"): parse(line, digits: 3, isRemote: false)
    case UInt8(ascii: "T"): parse(line, digits: 8, isRemote: false)
    case UInt8(ascii: "r"): parse(line, digits: 3, isRemote: true)
    case UInt8(ascii: "R"): parse(line, digits: 8, isRemote: true)
    case UInt8(ascii: "d"), UInt8(ascii: "b"): parseFlexible(line, digits: 3)
    case UInt8(ascii: "D"), UInt8(ascii: "B"): parseFlexible(line, digits: 8)
    case UInt8(ascii: "F"):
      if line.count == 3, let flags = Self.number(line[1...]) {
        self = .flags(LawicelStatusFlags(UInt8(flags)))
      }
    case UInt8(ascii: "s"), UInt8(ascii: "e"):
      if let frame = LawicelErrorLine.frame(line) { self = .frame(frame, stamp: nil) }
    default: break
    }
  }

  private mutating func parse(_ line: [UInt8], digits: Int, isRemote: Bool) {
    guard line.count > digits + 1, let number = Self.number(line[1...digits]),
      let identifier = CANIdentifier(
        exactly: number, format: digits == 3 ? .standard : .extended),
      case let length = line[digits + 1] &- UInt8(ascii: "0"), length <= 8
    else { return }
    let data = digits + 2
    let end = isRemote ? data : data + 2 * Int(length)
    var payload: UInt64 = 0
    guard line.count >= end else { return }
    for index in 0..<(isRemote ? 0 : Int(length)) {
      guard let byte = Self.number(line[(data + 2 * index)..<(data + 2 * index + 2)]) else {
        return
      }
      payload |= UInt64(byte) << (8 * UInt64(index))
    }
    var stamp: UInt16?
    switch line.count - end {
    case 0: break
    case 4:
      guard let number = Self.number(line[end...]) else { return }
      stamp = UInt16(number)
    // Some firmware stamps with eight digits, and firmwares differ in what they count.
    case 8: guard Self.number(line[end...]) != nil else { return }
    default: return
    }
    self = .frame(
      CANFrame(
        timestamp: CANFrame.noTime, identifier: identifier, kind: isRemote ? .remote : .data,
        payload: payload, length: length), stamp: stamp)
  }

  /// Recognises a CAN FD frame by its whole form, so that garbage is not taken for one.
  private mutating func parseFlexible(_ line: [UInt8], digits: Int) {
    let lengths = [0, 1, 2, 3, 4, 5, 6, 7, 8, 12, 16, 20, 24, 32, 48, 64]
    guard line.count > digits + 1, Self.number(line[1...digits]) != nil,
      let code = LineDigits.value(line[digits + 1]),
      case let end = digits + 2 + 2 * lengths[Int(code)],
      [end, end + 4, end + 8].contains(line.count),
      line[(digits + 2)...].allSatisfy({ LineDigits.value($0) != nil })
    else { return }
    self = .flexibleDataRate
  }

  /// At most eight hex digits as a number.
  static func number(_ digits: ArraySlice<UInt8>) -> UInt32? {
    var number: UInt32 = 0
    for digit in digits {
      guard let value = LineDigits.value(digit) else { return nil }
      number = number << 4 | UInt32(value)
    }
    return digits.isEmpty ? nil : number
  }
}

/// Hex digits of either case.
enum LineDigits {
  static func value(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    default: nil
    }
  }
}
