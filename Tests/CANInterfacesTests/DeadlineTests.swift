import CANInterfaces
import Testing

@Suite("A deadline")
struct DeadlineTests {
  @Test(
    "is handed to poll in milliseconds, rounded up",
    arguments: [
      (0, 0, 0), (10, 0, 10), (10, 1, 10), (10, 1_000_000, 9), (10, 9_999_999, 1),
      (10, 10_000_000, 0), (10, 99_000_000, 0), (-1, 5, -1), (.max, 0, Int32.max),
    ])
  func roundsUp(milliseconds: Int32, passed: Int64, left: Int32) {
    let deadline = Deadline(milliseconds: milliseconds, from: 1000)
    #expect(deadline.milliseconds(at: 1000 + passed) == left)
  }

  @Test("has passed when its time is there, or never")
  func passes() {
    #expect(Deadline(milliseconds: 0, from: 1000).hasPassed(at: 1000))
    #expect(!Deadline(milliseconds: 1, from: 1000).hasPassed(at: 1_000_999))
    #expect(Deadline(milliseconds: 1, from: 1000).hasPassed(at: 1_001_000))
    #expect(!Deadline(milliseconds: -1, from: 1000).hasPassed(at: .max))
  }
}
