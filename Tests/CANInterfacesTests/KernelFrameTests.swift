import CANFrames
import CANInterfaces
import Testing

@Suite("The kernel's form of a frame")
struct KernelFrameTests {
  /// Sixteen bytes as the kernel fills them, the frame that they are, and why the row is here.
  struct Row: Sendable, CustomTestStringConvertible {
    var word: UInt32
    var length: UInt8 = 8
    var text: String
    var kind = CANFrame.Kind.data
    var testDescription: String
  }

  static func frame(_ word: UInt32, _ length: UInt8, size: Int = 16) -> CANFrame? {
    var bytes = unsafe withUnsafeBytes(of: word.littleEndian) { unsafe Array($0) }
    bytes += [length, 0xEE, 0xEE, 0xEE, 0x1F, 0x01, 0xBC, 0x02, 0xE8, 0x03, 0xE7, 0x00]
    bytes += [UInt8](repeating: 0, count: 64)
    let span = unsafe bytes.span.bytes
    return CANFrame(kernelBytes: span.extracting(0..<size), timestamp: 42, bus: 3)
  }

  @Test(
    "becomes a frame",
    arguments: [
      Row(word: 0x351, text: "351#1F01BC02E803E700", testDescription: "11 bits"),
      Row(
        word: 0x8000_0351, text: "00000351#1F01BC02E803E700",
        testDescription: "the same number in 29 bits"),
      Row(
        word: 0x9FFF_FFFF, length: 2, text: "1FFFFFFF#1F01",
        testDescription: "the largest identifier"),
      Row(word: 0x7FF, length: 0, text: "7FF#", testDescription: "no data"),
      Row(
        word: 0x4000_0305, length: 4, text: "305#00000000", kind: .remote,
        testDescription: "a remote request has no payload, whatever the buffer holds"),
      Row(
        word: 0x2000_0088, text: "00000088#1F01BC02E803E700", kind: .error,
        testDescription: "an error frame"),
      Row(
        word: 0xE000_0040, text: "00000040#1F01BC02E803E700", kind: .error,
        testDescription: "an error frame, whatever its other flags"),
      Row(
        word: 0x1234, text: "234#1F01BC02E803E700",
        testDescription: "bits beyond the eleven are not the identifier's"),
      Row(
        word: 0x351, length: 15, text: "351#1F01BC02E803E700",
        testDescription: "no length is trusted"),
    ])
  func becomesFrame(_ row: Row) throws {
    let frame = try #require(Self.frame(row.word, row.length))
    #expect("\(frame.identifier)#\(frame.payloadText)" == row.text)
    #expect(frame.kind == row.kind)
    #expect(frame.timestamp == 42)
    #expect(frame.bus == 3)
  }

  @Test("of another size is no classic frame", arguments: [0, 8, 15, 17, 72])
  func refusesOtherSizes(size: Int) {
    #expect(Self.frame(0x351, 8, size: size) == nil)
  }
}
