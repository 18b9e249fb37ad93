import BusbarTestSupport
import Foundation
import Testing

@Suite("busbar query and events", .timeLimit(.minutes(3)))
struct HistoryCommandTests {
  @Test("a chart has what the frames said, and gaps stay gaps")
  func queries() async throws {
    let outcome = try await RecordingLogs.run(
      """
      "$BUSBAR" import a.log b.log --store s.busbar
      "$BUSBAR" query voltage,power --store s.busbar --buckets 5
      "$BUSBAR" query voltage --store s.busbar --buckets 5 --format json | head -n 1
      "$BUSBAR" query voltage --store s.busbar --buckets 1 --timing >/dev/null
      """,
      [
        "a.log": RecordingLogs.battery(0..<3000), "b.log": RecordingLogs.battery(9000..<9400),
      ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.contains("answered in "))
    let rows = outcome.output.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    #expect(rows[0].prefix(7).joined(separator: ",").hasPrefix("time,voltage_min,voltage_mean"))
    let table = rows.dropFirst().dropLast()
    #expect(table.count <= 5)
    #expect(table.compactMap { Int($0[6]) }.reduce(0, +) == 3400)
    #expect(table.contains { $0[6].isEmpty }, "an hour of silence is no value")
    #expect(table.first?[1] == "24" && table.first?[3] == "27.99")
    #expect(rows.last?.joined(separator: ",").contains(#""voltage":{"min":24,"mean":"#) == true)
  }

  @Test("the minutes that are not sealed yet are in the answer, while recording goes on")
  func answersNewest() async throws {
    let outcome = try await RecordingLogs.run(
      """
      mkfifo pipe
      "$BUSBAR" record - --store s.busbar --commit-seconds 0.1 <pipe &
      recorder=$!
      exec 3>pipe
      cat a.log >&3
      answered() { "$BUSBAR" query voltage --store s.busbar --buckets 1 2>/dev/null | grep -q ',120$'; }
      wait_for answered
      "$BUSBAR" store info --store s.busbar | grep -o '720 of them'
      exec 3>&-
      wait $recorder
      answered
      """, ["a.log": RecordingLogs.battery(0..<120)])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output == "720 of them\n")
  }

  @Test("alarms, silences and who the battery is are events")
  func events() async throws {
    let outcome = try await RecordingLogs.run(
      """
      "$BUSBAR" import a.log --store s.busbar 2>/dev/null
      "$BUSBAR" events --store s.busbar
      "$BUSBAR" events --store s.busbar --kind silence --json
      "$BUSBAR" events --store s.busbar --from 2026-01-01T00:05:00Z --kind alarm | wc -l
      """,
      [
        "a.log": RecordingLogs.battery(0..<300, alarm: 100..<130)
          + RecordingLogs.battery(400..<500)
      ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let lines = outcome.output.split(separator: "\n").map(String.init)
    for text in [
      "00:00:00.000Z  can0     the battery speaks rec",
      "00:01:40.003Z  can0     Alarm high voltage began",
      "00:02:10.003Z  can0     Alarm high voltage ended after 30.0 s",
    ] {
      #expect(lines.contains { $0.hasSuffix(text) }, "\(text) is not in \(lines)")
    }
    let json = try #require(lines.first { $0.hasPrefix("{") })
    #expect(json.contains(#""kind":"silence","text":"the battery was silent for 1 min 40 s""#))
    #expect(lines.last == "0")
  }

  @Test("what cannot be answered is said")
  func refuses() async throws {
    let questions: [(arguments: String, status: Int, message: String)] = [
      ("query voltge", 2, "did you mean 'voltage'?"),
      ("query serial", 2, "has no series; see 'busbar events'"),
      ("query energy_charged", 1, "nothing was heard of energy_charged then"),
      ("query voltage --bus can7", 1, "nothing was heard of voltage then on can7"),
      ("query voltage --buckets 0", 2, "--buckets is 0, expected 1 to 100000"),
      ("query voltage --from 2026-02-01 --until 2026-01-01", 2, "--from must be before --until"),
      ("events --kind alarms", 2, "no kind is named 'alarms'"),
    ]
    let asked = questions.map { question in
      "\"$BUSBAR\" \(question.arguments) --store s.busbar 2>&1 || echo status $?\necho ----\n"
    }
    let outcome = try await RecordingLogs.run(
      "\"$BUSBAR\" import a.log --store s.busbar\n" + asked.joined(),
      ["a.log": RecordingLogs.battery(0..<60)])
    for (answer, question) in zip(outcome.output.components(separatedBy: "----\n"), questions) {
      #expect(answer.hasSuffix("status \(question.status)\n"), "\(question.arguments): \(answer)")
      #expect(answer.contains(question.message), "\(question.arguments): \(answer)")
    }
  }
}
