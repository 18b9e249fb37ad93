import BusbarTestSupport
import Foundation
import Testing

@Suite("The gateway as its user runs it", .timeLimit(.minutes(3)))
struct GatewayTests {
  private static let capture = DocumentTests.root.appending(path: "Examples/rec-q.txt").path()
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Runs lines of bash in a folder with a `busbar.yaml`; `until COMMAND` there waits for up to 30 s.
  private func run(_ configuration: String, _ lines: String) async throws -> Command.Outcome {
    _ = try folder.file("busbar.yaml", Data(configuration.utf8))
    return try await Command.shell(
      """
      soon() { for i in $(seq 300); do "$@" && return 0; sleep 0.1; done; echo "never: $*"; return 1; }
      ended() { ! kill -0 $gateway 2>/dev/null; }
      \(lines)
      kill -9 $gateway 2>/dev/null
      true
      """, folder: folder.url)
  }

  private static func configuration(_ more: String = "", name: String = "First") -> String {
    """
    batteries:
      - id: house
        name: \(name)
        source: \(capture)
        replay_loop: true
        replay_speed: 10
    signalk: stdout
    \(more)
    """
  }

  @Test("reads busbar.yaml, answers busbar status, and ends at SIGTERM within two seconds")
  func whole() async throws {
    let outcome = try await run(
      Self.configuration(),
      """
      "$BUSBAR" run > out 2> err & gateway=$!
      soon grep -q '"value":26.1' out
      "$BUSBAR" status; echo "status $?"
      "$BUSBAR" status --json
      start=$(date +%s%N); kill -TERM $gateway; soon ended; wait $gateway
      echo "ended $? after $((($(date +%s%N) - start) / 100000000)) tenths"
      "$BUSBAR" status; echo "status $?"
      """)
    let lines = outcome.output.split(separator: "\n").map(String.init)
    #expect(lines.first?.hasPrefix("gateway ") == true)
    #expect(outcome.output.contains("house  working since 20"))
    #expect(outcome.output.contains(": dialect rec\n"))
    #expect(outcome.output.contains("status 0\n{\"parts\":[{\"battery\":\"house\",\"count\":"))
    let end = try #require(lines.first { $0.hasPrefix("ended ") })
    let tenths = try #require(end.split(separator: " ").dropLast().last.flatMap { Int($0) })
    #expect(end.hasPrefix("ended 0 "))
    // Two seconds, and what a busy machine takes to notice.
    #expect(tenths < 40, "\(end)")
    #expect(lines.last == "status 3")
    #expect(outcome.errors.contains("no gateway is running: there is no "))
  }

  @Test("single cells go to the paths that the battery's switch names")
  func cells() async throws {
    let capture = try folder.file(
      "cells.log", Data("(1.0) can0 372#0600000100000D0D\n(1.1) can0 372#0600000200000E0D\n".utf8))
    for (name, paths) in [
      ("cells", ["cells.1.voltage", "cells.2.voltage"]),
      ("cellVoltages", ["cellVoltages.1.voltage", "cellVoltages.2.voltage"]),
    ] {
      let outcome = try await Command.busbar(
        "run", "--source", capture.path(), "--dialect", "simpbms", "--signalk", "stdout", "--speed",
        "max", "--cells", name)
      #expect(outcome.status == 0)
      for (path, value) in zip(paths, ["3.341", "3.342"]) {
        #expect(
          outcome.output.contains(
            #"{"path":"electrical.batteries.house.\#(path)","value":\#(value)}"#), "\(path)")
      }
    }
  }

  @Test("one part that fails stops no other, and each says how it is doing")
  func supervision() async throws {
    let configuration = """
      batteries:
        - id: house
          source: \(Self.capture)
          replay_loop: true
          replay_speed: 10
        - id: starter
          source: can77
      signalk: [stdout, "ws://127.0.0.1:9"]
      """
    let outcome = try await run(
      configuration,
      """
      "$BUSBAR" run > out 2> err & gateway=$!
      soon grep -q '"value":26.1' out
      soon grep -q 'cannot connect' err
      sleep 3
      "$BUSBAR" status > status; echo "status $?"
      kill -TERM $gateway; soon ended; wait $gateway; echo "ended $?"
      cat status err
      grep -c 'can77.*it is waited for' err
      """)
    #expect(outcome.output.contains("status 1\nended 0\n"))
    for pattern in [
      "house +working since", "can77 +starter +failing since",
      "ws://127.0.0.1:9 +house, starter +failing since",
    ] {
      #expect(try outcome.output.contains(Regex(pattern)), "\(outcome.output)")
    }
    let lines = outcome.output.split(separator: "\n")
    for title in ["source can77 (starter): not heard", "signalk ws://127.0.0.1:9: "] {
      #expect(lines.count { $0.contains("warning: \(title)") } == 1, "once, and not at each try")
    }
  }

  @Test("SIGHUP takes over a new configuration, and a wrong one changes nothing")
  func reload() async throws {
    _ = try folder.file(
      "second.yaml", Data(Self.configuration("log_level: debug", name: "Second").utf8))
    _ = try folder.file(
      "wrong.yaml", Data(Self.configuration("log_levle: debug", name: "Wrong").utf8))
    let outcome = try await run(
      Self.configuration(),
      """
      "$BUSBAR" run > out 2> err & gateway=$!
      soon grep -q '"value":"First"' out
      cp wrong.yaml busbar.yaml; kill -HUP $gateway
      soon grep -q 'the old one stays' err
      cp second.yaml busbar.yaml; kill -HUP $gateway
      soon grep -q '"value":"Second"' out
      soon grep -q 'is taken over' err
      working() { "$BUSBAR" status 2>/dev/null | grep -c working | grep -q "$1"; }
      soon working 2; "$BUSBAR" status | grep -c working || true
      kill -INT $gateway; kill -TERM $gateway; soon ended; wait $gateway; echo "ended $?"
      grep -c Wrong out; cat err
      """)
    #expect(
      outcome.output.hasPrefix("2\nended 0\n0\n"), "\(outcome.output) \(outcome.errors)")
    #expect(
      outcome.output.contains(
        "error: busbar.yaml:8:1: unknown key 'log_levle'; did you mean 'log_level'?"))
  }

  @Test("systemd is told when it is ready, reloading and stopping, and its watchdog is fed")
  func notifies() async throws {
    let socket = try NotifySocket.start()
    let outcome = try await run(
      Self.configuration(),
      """
      NOTIFY_SOCKET='\(socket.path)' WATCHDOG_USEC=2000000 "$BUSBAR" run > out 2> err & gateway=$!
      soon grep -q '"value":26.1' out; sleep 1
      kill -HUP $gateway; soon grep -q 'is taken over' err
      kill -TERM $gateway; soon ended; wait $gateway; echo "ended $?"
      """)
    #expect(outcome.output == "ended 0\n")
    let messages = socket.messages.value
    let states = messages.filter { !$0.hasPrefix("WATCHDOG") && !$0.hasPrefix("STATUS") }
    #expect(states.map { $0.prefix(10) } == ["READY=1", "RELOADING=", "READY=1", "STOPPING=1"])
    #expect(messages.count { $0 == "WATCHDOG=1" } >= 2)
    #expect(messages.contains("STATUS=1 of 1 sources heard, 1 of 1 destinations working"))
  }

  @Test("the watchdog starves when a part hangs, and SIGTERM ends it all the same")
  func watchdogStarves() async throws {
    let socket = try NotifySocket.start()
    let outcome = try await run(
      Self.configuration().replacing("replay_speed: 10", with: "replay_speed: 1000"),
      """
      mkfifo pipe; exec 5<>pipe; dd if=/dev/zero of=pipe oflag=nonblock bs=4096 count=64 2>/dev/null
      NOTIFY_SOCKET='\(socket.path)' WATCHDOG_USEC=2000000 "$BUSBAR" run > pipe 2> err & gateway=$!
      soon grep -q 'hangs: .*stdout.*; the watchdog is not fed' err
      kill -TERM $gateway; soon ended; wait $gateway; echo "ended"
      """)
    #expect(outcome.output == "ended\n")
    #expect(socket.messages.value.contains("WATCHDOG=1"))
  }

  @Test("for the journal a line has a priority and no time")
  func journal() async throws {
    let outcome = try await run(
      Self.configuration(),
      """
      : > err
      JOURNAL_STREAM=$(stat -c %d:%i err) "$BUSBAR" run > out 2>> err & gateway=$!
      soon grep -q dialect err; kill -TERM $gateway; soon ended
      cat err
      """)
    #expect(outcome.output.contains("<5>source \(Self.capture): dialect rec ("))
    #expect(!outcome.output.contains("notice"))
  }

  @Test("a socket that was left behind is said to be, and is replaced")
  func staleSocket() async throws {
    let outcome = try await run(
      Self.configuration("status_socket: left.sock"),
      """
      "$BUSBAR" run > out 2> err & gateway=$!
      soon test -S left.sock; kill -9 $gateway; wait $gateway 2>/dev/null
      "$BUSBAR" status --socket left.sock; echo "status $?"
      "$BUSBAR" run > out 2> err & gateway=$!
      soon "$BUSBAR" status --socket left.sock > /dev/null 2>&1
      "$BUSBAR" run > out2 2> err2 & second=$!
      soon grep -q 'another gateway listens there' err2; kill -TERM $second; wait $second
      "$BUSBAR" status --socket left.sock > /dev/null; echo "status $?"
      kill -TERM $gateway; soon ended; test -e left.sock; echo "left $?"
      """)
    #expect(outcome.output == "status 3\nstatus 0\nleft 1\n", "\(outcome.errors)")
    #expect(outcome.errors.contains("nobody listens on left.sock, which one left behind"))
  }

  @Test("what is no gateway's answer is said to be none")
  func strangeSocket() async throws {
    let outcome = try await Command.shell(
      """
      for words in 'hello' ''; do
        rm -f ready
        python3 -c '
      import socket, sys
      server = socket.socket(socket.AF_UNIX); server.bind("strange.sock"); server.listen()
      print("ready", flush=True)
      client = server.accept()[0]; client.sendall(sys.argv[1].encode()); client.close()
      ' "$words" > ready &
        until grep -q ready ready 2>/dev/null; do sleep 0.1; done
        "$BUSBAR" status --socket strange.sock; echo "status $?"
        wait; rm strange.sock
      done
      mkdir -m 700 closed; python3 -c 'import socket; s = socket.socket(socket.AF_UNIX); s.bind("closed/s")'
      """, folder: folder.url)
    #expect(outcome.output == "status 3\nstatus 3\n")
    #expect(
      outcome.errorLines.allSatisfy { $0.hasSuffix("not a gateway's answer: it is no report") })
  }
}
