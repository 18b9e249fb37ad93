import Testing

@testable import BusbarApp

/// The kernel's answers here are laid out as <linux/rtnetlink.h> has it; a real one is asked in
/// `Tests/Guest/serial-line.sh`.
@Suite("The bit rate of an interface")
struct InterfaceBitRateTests {
  /// An attribute: length, kind, content, padding to four bytes.
  static func attribute(_ kind: UInt16, _ content: [UInt8]) -> [UInt8] {
    let padding = [UInt8](repeating: 0, count: (4 - content.count % 4) % 4)
    return bytes(UInt16(content.count + 4)) + bytes(kind) + content + padding
  }

  static func bytes<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
    unsafe withUnsafeBytes(of: number) { unsafe Array($0) }
  }

  static func answer(kind: String, rate: UInt32) -> [UInt8] {
    let timing = attribute(1, bytes(rate) + [UInt8](repeating: 7, count: 28))
    let info = attribute(1, Array(kind.utf8) + [0]) + attribute(2, attribute(5, [1, 2]) + timing)
    let body = attribute(3, Array("can0".utf8) + [0]) + attribute(18 | 0x8000, info)
    return bytes(UInt32(32 + body.count)) + bytes(16 as UInt16) + [UInt8](repeating: 0, count: 26)
      + body
  }

  @Test("is read out of what the kernel answers")
  func reads() {
    #expect(InterfaceBitRate.read(Self.answer(kind: "can", rate: 250_000)) == 250_000)
  }

  @Test("is absent where the interface has none, or is no CAN interface")
  func absent() {
    #expect(InterfaceBitRate.read(Self.answer(kind: "can", rate: 0)) == nil)
    #expect(InterfaceBitRate.read(Self.answer(kind: "vcan", rate: 250_000)) == nil)
    #expect(InterfaceBitRate.ask("lo") == nil)
    #expect(InterfaceBitRate.ask("no-such-one") == nil)
  }

  @Test("is absent from an answer that is cut or says that it is longer than it is")
  func cut() {
    let whole = Self.answer(kind: "can", rate: 250_000)
    for length in whole.indices { #expect(InterfaceBitRate.read(Array(whole[..<length])) == nil) }
    for place in whole.indices {
      var broken = whole
      broken[place] = 0xFF
      // Whatever it reads, it reads it within the answer.
      _ = InterfaceBitRate.read(broken)
    }
  }
}
