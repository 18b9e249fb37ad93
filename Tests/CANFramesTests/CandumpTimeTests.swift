import BusbarTestSupport
import CANFrames
import Testing

/// Times that no clock ever showed.
@Suite("Times of candump that cannot be")
struct CandumpTimeTests {
  @Test(
    "a year that 64 bits of nanoseconds do not hold is no time",
    arguments: ["1010-04-08", "1969-12-31", "2117-01-01", "9999-01-01", "0000-01-01"])
  func years(date: String) {
    let log = ReadLog(candump: " (\(date) 17:00:00.123456)  can0  351   [1]  00\n")
    #expect(log.frames.isEmpty)
    #expect(log.reader.rejections.count == 1)
  }

  @Test("the first and the last year are read")
  func limits() {
    let log = ReadLog(
      candump: " (1970-01-01 00:00:00.000000)  can0  351   [1]  00\n"
        + " (2115-12-31 23:59:59.999999)  can0  351   [1]  00\n")
    #expect(log.frames.map(\.timestamp) == [0, 4_607_279_999_999_999_000])
  }

  @Test("distances of decades that add up to more than 64 bits hold do not end the program")
  func distances() {
    let lines = (0..<24).map { " (999999999.\(99 - $0))  can0  351   [1]  00\n" }
    let log = ReadLog(candump: lines.joined())
    #expect(log.frames.count == 24)
    #expect(log.frames.last?.timestamp == CANFrame.times.upperBound)
  }

  @Test("no character but a digit passes for one, wherever it stands in a time")
  func digits() {
    let line = "(1735270496.916858) can0 351#1F01BC02E803E700\n"
    // A blank or a bracket can end a time early; that is a shorter one.
    let others = (UInt8(0x21)...0x7E).filter { !(0x30...0x39).contains($0) && $0 != 0x29 }
    for place in [1, 5, 8, 9, 10, 12, 14, 17] {
      for byte in others {
        var bytes = Array(line.utf8)
        bytes[place] = byte
        let log = ReadLog(candump: line + String(decoding: bytes, as: UTF8.self) + line + line)
        #expect(log.frames.count == 3, "'\(Unicode.Scalar(byte))' at \(place)")
      }
    }
  }
}
