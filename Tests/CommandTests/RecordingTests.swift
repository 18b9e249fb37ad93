import BusbarTestSupport
import Testing

@Suite("busbar record, import, export, follow, store", .timeLimit(.minutes(5)))
struct RecordingTests {
  @Test("what is recorded comes out as it went in, and is proved to be whole")
  func records() async throws {
    let outcome = try await RecordingLogs.run(
      """
      "$BUSBAR" record - --store s.busbar <a.log
      "$BUSBAR" export --store s.busbar >b.log
      cmp a.log b.log
      "$BUSBAR" export --store s.busbar --id 107 --from 2026-01-01T00:00:01Z part.log
      grep -c ' 107#' part.log
      "$BUSBAR" store verify --store s.busbar | tail -n 1
      "$BUSBAR" store info --store s.busbar | grep frames
      """, ["a.log": RecordingLogs.numbered(0..<6000)])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines.first == "267")
    #expect(lines.dropFirst().first?.hasPrefix("intact: ") == true)
    #expect(lines.last?.contains("6000 (0 of them") == true)
    #expect(outcome.errors.contains("6000 frames, 0 lost; 0 not stored"))
  }

  @Test("the same log twice adds nothing, and logs may overlap")
  func importsTwice() async throws {
    let outcome = try await RecordingLogs.run(
      """
      for log in a.log a.log b.log; do "$BUSBAR" import $log --store s.busbar; done
      "$BUSBAR" export --store s.busbar | cmp - all.log
      """,
      [
        "a.log": RecordingLogs.numbered(0..<5000), "b.log": RecordingLogs.numbered(3000..<9000),
        "all.log": RecordingLogs.numbered(0..<9000),
      ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(
      outcome.errorLines == [
        "a.log: 5000 frames added, 0 were there already",
        "a.log: 0 frames added, 5000 were there already",
        "b.log: 4000 frames added, 2000 were there already",
      ])
  }

  @Test("dates without a zone are imported in the one that is given, and sent frames stay sent")
  func importsOtherFormats() async throws {
    let outcome = try await RecordingLogs.run(
      """
      "$BUSBAR" import --utc-offset 1 a.asc --store s.busbar
      "$BUSBAR" export --store s.busbar
      "$BUSBAR" follow test --store s.busbar --format json
      """,
      [
        "a.asc": """
        date Fri Dec 27 04:34:56.000 am 2024
        base hex  timestamps absolute
           0.250000 1  351             Rx   d 1 1F
           0.500000 1  305             Tx   d 2 01 02

        """
      ])
    #expect(outcome.status == 0)
    #expect(outcome.errors.contains("a.asc: its dates name no zone and are taken as UTC+01:00"))
    let lines = outcome.output.split(separator: "\n")
    #expect(
      lines.prefix(2)
        == ["(1735270496.250000) can0 351#1F", "(1735270496.500000) can0 305#0102 T"])
    #expect(lines.dropFirst(2).map { $0.contains(#","sent":true,"#) } == [false, true])
  }

  @Test("an import that Ctrl-C interrupts goes on when it is run again")
  func resumesImport() async throws {
    let outcome = try await RecordingLogs.run(
      """
      mkfifo pipe
      { head -n 80000 a.log; exec sleep 100; } >pipe &
      "$BUSBAR" import - --store s.busbar <pipe &
      import=$!
      stored() { "$BUSBAR" store info --store s.busbar 2>&1 | grep -q ' 65536 ('; }
      wait_for stored
      kill -INT $import
      wait $import || [ $? -eq 3 ]
      "$BUSBAR" import a.log --store s.busbar
      "$BUSBAR" export --store s.busbar | cmp - a.log
      """, ["a.log": RecordingLogs.numbered(0..<90_000)])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.contains("-: interrupted; run it again and it goes on"))
    let last = outcome.errorLines.last?.split(separator: " ").compactMap { Int($0) } ?? []
    #expect(last.count == 2 && last.reduce(0, +) == 90_000, "\(outcome.errors)")
    #expect(last.last ?? 0 >= 65_536)
  }

  @Test("a consumer gets every frame once and in order, across restarts, while recording goes on")
  func follows() async throws {
    let outcome = try await RecordingLogs.run(
      """
      mkfifo pipe
      "$BUSBAR" record - --store s.busbar --commit-seconds 0.1 <pipe &
      recorder=$!
      exec 3>pipe
      follow() {
        "$BUSBAR" follow reader --store s.busbar --wait >>out.log &
        consumer=$!
      }
      has() { [ $(wc -l <out.log) -ge $1 ]; }
      : >out.log
      head -n 1000 a.log >&3
      stored() { "$BUSBAR" export --store s.busbar --id 105 >/dev/null 2>&1; }
      wait_for stored
      follow
      wait_for has 1000
      kill -INT $consumer; wait $consumer
      sed -n 1001,2000p a.log >&3
      follow
      wait_for has 2000
      sed -n 2001,3000p a.log >&3
      wait_for has 3000
      kill -INT $consumer; wait $consumer
      exec 3>&-
      wait $recorder
      "$BUSBAR" follow reader --store s.busbar >>out.log
      cmp a.log out.log
      "$BUSBAR" follow reader --store s.busbar --restart | cmp - a.log
      "$BUSBAR" follow other --store s.busbar --format json | head -n 1
      """, ["a.log": RecordingLogs.numbered(0..<3000)])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.hasPrefix(#"{"time":"2026-01-01T00:00:00.000000Z","bus":"can0""#))
  }
}
