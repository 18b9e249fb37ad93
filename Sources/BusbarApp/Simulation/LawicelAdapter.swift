package import CANFrames

/// A serial CAN adapter that speaks LAWICEL, as a value: bytes in, bytes out, no device.
///
/// Understands what slcan drivers send: `S0` to `S8`, `O`, `L`, `C`, `V`, `N`, `F`, `Z`, `M`, `m`,
/// and frames to send, which it acknowledges and throws away. On a bus with another bit rate than the
/// one that was set there are errors and no frames.
package struct LawicelAdapter: Sendable {
  /// The bit rates of `S0` to `S8`, in bit/s.
  package static let bitRates = [
    10_000, 20_000, 50_000, 100_000, 125_000, 250_000, 500_000, 800_000, 1_000_000,
  ]

  /// What goes back to the computer.
  package private(set) var output: [UInt8] = []
  package private(set) var isOpen = false
  /// The rate that was set, in bit/s; `nil` until then.
  package private(set) var bitRate: Int?
  /// How many frames the computer asked to be sent, none of which is sent anywhere.
  package private(set) var thrownAway = 0

  private let busBitRate: Int
  private var line: [UInt8] = []
  private var hasTimestamps = false
  private var errors = 0
  /// No command is longer; what is, is refused.
  private static let longestLine = 32
  private static let carriageReturn = UInt8(ascii: "\r")

  /// - Parameter busBitRate: The rate of the bus that it pretends to be on, in bit/s.
  package init(busBitRate: Int) { self.busBitRate = busBitRate }

  /// Whether the bit rate is that of the bus.
  package var hasRightBitRate: Bool { bitRate == busBitRate }

  /// Takes what the computer wrote.
  package mutating func received(_ bytes: [UInt8]) {
    for byte in bytes {
      if byte == Self.carriageReturn {
        carryOut(line)
        line.removeAll(keepingCapacity: true)
      } else if line.count < Self.longestLine {
        line.append(byte)
      }
    }
  }

  /// Takes ``output`` away.
  package mutating func takeOutput() -> [UInt8] {
    defer { output.removeAll(keepingCapacity: true) }
    return output
  }

  /// Something is on the bus.
  package mutating func busCarried(_ frame: CANFrame) {
    guard isOpen else { return }
    guard hasRightBitRate, frame.kind != .error else {
      // The kernel's slcan driver takes these for error frames and states of the controller.
      errors = min(errors + 8, 255)
      say("e1s")
      if errors == 96 { say("sw096000") }
      if errors == 128 { say("sp128000") }
      return
    }
    var text: [UInt8] = []
    let isExtended = frame.identifier.format == .extended
    let kind = frame.kind == .remote ? (isExtended ? "R" : "r") : (isExtended ? "T" : "t")
    text.append(contentsOf: "\(kind)\(frame.identifier.description)\(frame.length)".utf8)
    if frame.kind == .data { frame.appendPayloadHex(to: &text) }
    if hasTimestamps {
      let milliseconds = max(0, frame.timestamp) / 1_000_000 % 60_000
      let digits = String(milliseconds, radix: 16, uppercase: true)
      text.append(contentsOf: String(repeating: "0", count: 4 - digits.utf8.count).utf8)
      text.append(contentsOf: digits.utf8)
    }
    output += text + [Self.carriageReturn]
  }

  private mutating func say(_ text: String) {
    output += Array(text.utf8) + [Self.carriageReturn]
  }

  private mutating func refuse() { output.append(0x07) }

  private mutating func carryOut(_ line: [UInt8]) {
    guard let first = line.first else { return say("") }
    switch first {
    case UInt8(ascii: "S"):
      guard line.count == 2, !isOpen, (0x30...0x38).contains(line[1]) else { return refuse() }
      bitRate = Self.bitRates[Int(line[1]) - 0x30]
      say("")
    case UInt8(ascii: "O"), UInt8(ascii: "L"):
      guard line.count == 1, !isOpen, bitRate != nil else { return refuse() }
      isOpen = true
      errors = 0
      say("")
    case UInt8(ascii: "C"):
      isOpen = false
      say("")
    case UInt8(ascii: "V"): say("V1013")
    case UInt8(ascii: "N"): say("NB5BA")
    case UInt8(ascii: "F"):
      guard isOpen else { return refuse() }
      // Bit 2: error warning, bit 5: error passive, bit 7: bus error.
      let flags = (errors >= 96 ? 0x04 : 0) | (errors >= 128 ? 0x20 : 0) | (errors > 0 ? 0x80 : 0)
      let digits = String(flags, radix: 16, uppercase: true)
      say("F" + (flags < 16 ? "0" : "") + digits)
      errors = 0
    case UInt8(ascii: "Z"):
      guard line.count == 2, !isOpen, line[1] == 0x30 || line[1] == 0x31 else { return refuse() }
      hasTimestamps = line[1] == 0x31
      say("")
    case UInt8(ascii: "M"), UInt8(ascii: "m"), UInt8(ascii: "s"), UInt8(ascii: "W"):
      say("")
    case UInt8(ascii: "t"), UInt8(ascii: "r"): acknowledge("z")
    case UInt8(ascii: "T"), UInt8(ascii: "R"): acknowledge("Z")
    default: refuse()
    }
  }

  private mutating func acknowledge(_ letter: String) {
    guard isOpen else { return refuse() }
    thrownAway += 1
    say(letter)
  }
}
