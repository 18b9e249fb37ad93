import CANFrames

/// Frames of a simulation as `candump -l` writes them, fast: `(1735270496.916858) sim 351#1F01`.
struct SimulationLogText {
  private let opening: [UInt8]
  /// The second that the text of ``secondText`` is of.
  private var second = Int64.min
  private var secondText: [UInt8] = []

  /// - Parameter bus: The name in each line.
  init(bus: String) { opening = Array(") \(bus) ".utf8) }

  /// Appends a line for each frame.
  mutating func append(_ frames: [CANFrame], to text: inout [UInt8]) {
    for frame in frames { append(frame, to: &text) }
  }

  private mutating func append(_ frame: CANFrame, to text: inout [UInt8]) {
    let time = max(0, frame.timestamp)
    if time / 1_000_000_000 != second {
      second = time / 1_000_000_000
      secondText = Array("(\(second).".utf8)
    }
    text.append(contentsOf: secondText)
    var digits: [6 of UInt8] = .init(repeating: 0)
    var rest = time % 1_000_000_000 / 1000
    for index in 0..<6 {
      digits[5 - index] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
    for index in 0..<6 { text.append(digits[index]) }
    text.append(contentsOf: opening)
    appendIdentifier(frame, to: &text)
    text.append(UInt8(ascii: "#"))
    frame.appendPayloadHex(to: &text)
    text.append(UInt8(ascii: "\n"))
  }

  private func appendIdentifier(_ frame: CANFrame, to text: inout [UInt8]) {
    let isError = frame.kind == .error
    let number = frame.identifier.number | (isError ? 0x2000_0000 : 0)
    var shift: UInt32 = isError || frame.identifier.format == .extended ? 28 : 8
    while true {
      let nibble = UInt8(truncatingIfNeeded: number >> shift) & 15
      text.append(nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "A") + nibble - 10)
      if shift == 0 { return }
      shift -= 4
    }
  }
}
