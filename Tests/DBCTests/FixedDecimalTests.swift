import DBC
import Testing

@Suite("Numbers with a fixed count of decimals")
struct FixedDecimalTests {
  @Test(
    "print as people and JSON write them",
    arguments: [
      (0, 0, "0"), (0, 1, "0.0"), (0, 18, "0.000000000000000000"), (28, 0, "28"), (287, 1, "28.7"),
      (-7, 1, "-0.7"), (-70, 2, "-0.70"), (5, 3, "0.005"), (1000, 3, "1.000"), (-1, 0, "-1"),
      (.max, 0, "9223372036854775807"), (.max, 18, "9.223372036854775807"),
      (.min, 0, "-9223372036854775808"), (.min, 1, "-922337203685477580.8"),
      (.min, 18, "-9.223372036854775808"), (1, 18, "0.000000000000000001"),
    ] as [(Int64, Int, String)])
  func prints(scaled: Int64, decimals: Int, text: String) {
    let number = FixedDecimal(scaled: scaled, decimals: decimals)
    #expect(number.description == text)
    var bytes = Array("x".utf8)
    number.append(to: &bytes)
    #expect(String(decoding: bytes, as: UTF8.self) == "x" + text)
    #expect(number.doubleValue == Double(text))
  }

  @Test("have a magnitude, also at the end of the range")
  func magnitude() {
    #expect(FixedDecimal(scaled: -287, decimals: 1).magnitude.description == "28.7")
    #expect(FixedDecimal(scaled: 287, decimals: 1).magnitude.description == "28.7")
    #expect(FixedDecimal(scaled: .min, decimals: 0).magnitude.scaled == .max)
  }
}
