import CANFrames
import Testing

@testable import BusbarApp

@Suite("Rounds of a BMS")
struct CycleTrackerTests {
  @Test(
    "a round is complete when every message has come",
    arguments: [
      ("123", "123123123", [2, 5, 8], "three messages in turn"),
      ("123", "1213121312131", [3, 7, 11], "one of them twice in each round"),
      ("", "11223", [0, 1], "nothing is known: a message is a round until another comes"),
      ("12", "12312", [1, 4], "a new message is waited for from then on"),
    ])
  func rounds(expected: String, sent: String, complete: [Int], why: String) {
    var tracker = CycleTracker(expecting: expected.map(Self.identifier))
    let rounds = sent.enumerated().filter { tracker.isComplete(by: Self.identifier($0.element)) }
    #expect(rounds.map(\.offset) == complete, Comment(rawValue: why))
  }

  @Test("a message that has stopped is not waited for for ever")
  func stopped() {
    var tracker = CycleTracker(expecting: "12".map(Self.identifier))
    let rounds = (0..<100).filter { _ in tracker.isComplete(by: Self.identifier("1")) }
    #expect(rounds.first == 40)
    #expect(rounds.count == 60)
  }

  private static func identifier(_ character: Character) -> CANIdentifier {
    .standard(UInt16(character.asciiValue ?? 0))
  }
}
