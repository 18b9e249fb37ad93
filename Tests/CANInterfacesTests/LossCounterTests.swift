import CANInterfaces
import Testing

@Suite("A socket's count of losses")
struct LossCounterTests {
  @Test(
    "becomes losses between two looks",
    arguments: [
      ([0, 0], [], "none"), ([3, 3, 3], [3], "the same ones are counted once"),
      ([3, 10], [3, 7], "some more"),
      ([2_000_000_000, 4_000_000_000, 4], [2_000_000_000, 2_000_000_000, 294_967_300], "a wrap"),
      ([10, 7, 10, 12], [10, 2], "a count from before the last look"),
    ] as [([UInt32], [Int], String)])
  func becomesLosses(counts: [UInt32], losses: [Int], reason: String) {
    var counter = LossCounter()
    let found = counts.compactMap { counter.advanced(to: $0) }
    #expect(found == losses, "\(reason)")
  }
}
