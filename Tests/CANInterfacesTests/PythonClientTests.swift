import BusbarTestSupport
import Foundation
import Testing

/// The clients of python-can against the peers that Busbar's own sources are tested with.
///
/// A peer that another program's client understands speaks the real protocol. Neither a server of
/// socketcand nor one of GVRET can be had as a package.
@Suite(
  "python-can's client understands the peer", .timeLimit(.minutes(2)),
  .enabled(
    if: ProcessInfo.processInfo.environment["BUSBAR_PYTHON_CAN"] != nil,
    "BUSBAR_PYTHON_CAN names no Python with the package python-can"))
struct PythonClientTests {
  /// A Python that hears four frames on a bus and prints them; it never sends one.
  private static func heard(_ bus: String, whenConnected speak: () -> Void) throws -> [String] {
    let python = try #require(ProcessInfo.processInfo.environment["BUSBAR_PYTHON_CAN"])
    let output = Pipe()
    let process = Process()
    process.executableURL = URL(filePath: python)
    process.arguments = [
      "-c",
      """
      import can
      with can.Bus(\(bus)) as bus:
        print("connected", flush=True)
        for _ in range(4):
          frame = bus.recv(20)
          kind = "R" + str(frame.dlc) if frame.is_remote_frame else frame.data.hex().upper()
          print(f"{frame.arbitration_id:0{8 if frame.is_extended_id else 3}X}#{kind}", flush=True)
      """,
    ]
    process.standardOutput = output
    try process.run()
    defer { process.terminate() }
    var lines: [String] = []
    var hasSpoken = false
    var text = Data()
    while case let more = output.fileHandleForReading.availableData, !more.isEmpty {
      text += more
      lines = String(decoding: text, as: UTF8.self).split(separator: "\n").map(String.init)
      if !hasSpoken, lines.first == "connected" {
        hasSpoken = true
        speak()
      }
    }
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return Array(lines.dropFirst())
  }

  @Test("of socketcand")
  func socketcand() throws {
    let server = try NetworkPeer(SocketcandModel())
    let frames = try Self.heard(
      "interface='socketcand', host='127.0.0.1', port=\(server.port), channel='can0'"
    ) {
      server.peer.say("< frame 351 100.000000 1F01BC02E803E700 >< frame 18FF50E5 100.01")
      server.peer.say("0000 0102 >< frame 123 100.020000  >< frame 7FF 100.030000 00 >")
    }
    #expect(frames == ["351#1F01BC02E803E700", "18FF50E5#0102", "123#", "7FF#00"])
    #expect(server.peer.model.commands.prefix(2) == ["< open can0 >", "< rawmode >"])
  }

  @Test("of LAWICEL", arguments: [LawicelModel.Firmware.arduino, .canable])
  func lawicel(firmware: LawicelModel.Firmware) throws {
    let adapter = try PseudoTerminal(LawicelModel(firmware))
    let frames = try Self.heard(
      "interface='slcan', channel='\(adapter.path)', bitrate=250000, sleep_after_open=0.1"
    ) {
      adapter.peer.say("t35181F01BC02E803E700\rT18FF50E520102\r")
      adapter.peer.say("t1230\rr3058\r")
    }
    #expect(frames == ["351#1F01BC02E803E700", "18FF50E5#0102", "123#", "305#R8"])
    #expect(adapter.peer.model.commands.contains("S5"))
  }
}
