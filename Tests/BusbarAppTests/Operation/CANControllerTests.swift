import Testing

@testable import BusbarApp

/// The kernel's answers here are laid out as <linux/rtnetlink.h> has it; a real one is asked in
/// `Tests/Guest/serial-line.sh`.
@Suite("The controller of an interface")
struct CANControllerTests {
  /// An attribute: length, kind, content, padding to four bytes.
  static func attribute(_ kind: UInt16, _ content: [UInt8]) -> [UInt8] {
    let padding = [UInt8](repeating: 0, count: (4 - content.count % 4) % 4)
    return bytes(UInt16(content.count + 4)) + bytes(kind) + content + padding
  }

  static func bytes<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
    unsafe withUnsafeBytes(of: number) { unsafe Array($0) }
  }

  static func answer(kind: String, rate: UInt32, state: UInt32 = 0) -> [UInt8] {
    let timing = attribute(1, bytes(rate) + [UInt8](repeating: 7, count: 28))
    let data = attribute(5, [1, 2]) + timing + attribute(4, bytes(state))
    let info = attribute(1, Array(kind.utf8) + [0]) + attribute(2, data)
    let body = attribute(3, Array("can0".utf8) + [0]) + attribute(18 | 0x8000, info)
    return bytes(UInt32(32 + body.count)) + bytes(16 as UInt16) + [UInt8](repeating: 0, count: 26)
      + body
  }

  @Test("is read out of what the kernel answers")
  func reads() {
    let controller = CANController(answer: Self.answer(kind: "can", rate: 250_000, state: 2))
    #expect(controller?.bitRate == 250_000)
    #expect(controller?.state == .passive)
  }

  @Test("is absent where there is none, and says no more than the kernel does")
  func absent() {
    let unset = CANController(answer: Self.answer(kind: "can", rate: 0, state: 99))
    #expect(unset != nil)
    #expect(unset?.bitRate == nil)
    #expect(unset?.state == nil)
    #expect(CANController(answer: Self.answer(kind: "vcan", rate: 250_000)) == nil)
    #expect(CANController.of("lo") == nil)
    #expect(CANController.of("no-such-one") == nil)
  }

  @Test("is absent from an answer that is cut or says that it is longer than it is")
  func cut() {
    let whole = Self.answer(kind: "can", rate: 250_000)
    for length in whole.indices { #expect(CANController(answer: Array(whole[..<length])) == nil) }
    for place in whole.indices {
      var broken = whole
      broken[place] = 0xFF
      // Whatever it reads, it reads it within the answer.
      _ = CANController(answer: broken)
    }
  }
}
