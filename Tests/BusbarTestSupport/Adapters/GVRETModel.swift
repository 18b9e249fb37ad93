/// An adapter that speaks GVRET, as ESP32RET does.
package struct GVRETModel: AdapterModel {
  /// Every command so far: its number and what belonged to it.
  package private(set) var commands: [[UInt8]] = []
  package private(set) var isBinary = false
  /// Of the two buses; 0 for one that is off.
  package var bitRates: [UInt32] = [500_000, 0]
  private var areListenOnly = [false, false]
  /// Whether it can be set to only listen.
  package var canListenOnly = true
  /// The adapter's clock, in microseconds.
  package var clock: UInt32 = 0
  private var pending: [UInt8] = []

  package init() {}

  /// Of the first bus.
  package var bitRate: UInt32 { bitRates[0] }
  /// Whether every bus that is on is only listened to.
  package var isListenOnly: Bool { (0..<2).allSatisfy { areListenOnly[$0] || bitRates[$0] == 0 } }

  package mutating func take(_ bytes: [UInt8]) -> [UInt8] {
    pending += bytes
    var answer: [UInt8] = []
    while let first = pending.first {
      guard first == 0xF1 else {
        if first == 0xE7 { isBinary = true }
        pending.removeFirst()
        continue
      }
      guard pending.count > 1 else { break }
      // The clock's question swallows a byte; setting up the buses takes two numbers.
      let length = [0x01: 3, 0x05: 10][Int(pending[1])] ?? 2
      guard pending.count >= length else { break }
      let command = Array(pending.prefix(length))
      pending.removeFirst(length)
      commands.append(command)
      answer += run(command)
    }
    return answer
  }

  private mutating func run(_ command: [UInt8]) -> [UInt8] {
    switch command[1] {
    case 0x01: return [0xF1, 0x01] + Self.bytes(clock)
    case 0x05:
      for bus in 0..<2 {
        let bytes = command[(2 + 4 * bus)..<(6 + 4 * bus)]
        let word = bytes.reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        bitRates[bus] = word & 0xFFFFF
        areListenOnly[bus] = canListenOnly && word & 0x2000_0000 != 0
      }
      return []
    case 0x06:
      return [0xF1, 0x06]
        + (0..<2).flatMap { bus in
          [(bitRates[bus] > 0 ? 1 : 0) + (areListenOnly[bus] ? 0x10 : 0)]
            + Self.bytes(bitRates[bus])
        }
    case 0x07: return [0xF1, 0x07, 0x6C, 0x02, 0x20, 0, 0, 0]
    case 0x09: return [0xF1, 0x09, 0xDE, 0xAD]
    default: return []
    }
  }

  /// A received frame as the adapter sends it.
  package static func frame(
    _ identifier: UInt32, _ data: [UInt8], bus: UInt8 = 0, time: UInt32
  ) -> [UInt8] {
    [0xF1, 0x00] + bytes(time) + bytes(identifier) + [bus << 4 | UInt8(data.count)] + data + [0]
  }

  private static func bytes(_ word: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) }
  }
}
