import BusbarApp
import CANFrames
import Testing

@Suite("A serial adapter that is not there")
struct LawicelAdapterTests {
  private static let frame = CANFrame(
    timestamp: 0, identifier: .standard(0x351), payload: 0x00E7_03E8_02BC_011F, length: 8)

  private func talk(_ commands: String, _ adapter: inout LawicelAdapter) -> String {
    adapter.received(Array(commands.utf8))
    return String(decoding: adapter.takeOutput(), as: UTF8.self)
  }

  @Test("with the bus's bit rate it hands over frames")
  func frames() {
    var adapter = LawicelAdapter(busBitRate: 250_000)
    #expect(talk("C\rS5\rO\r", &adapter) == "\r\r\r")
    adapter.busCarried(Self.frame)
    #expect(talk("", &adapter) == "t35181F01BC02E803E700\r")
    #expect(talk("F\r", &adapter) == "F00\r")
  }

  @Test("with another bit rate there are errors and no frames")
  func wrongRate() {
    var adapter = LawicelAdapter(busBitRate: 250_000)
    #expect(talk("S6\rL\r", &adapter) == "\r\r")
    for _ in 0..<20 { adapter.busCarried(Self.frame) }
    let text = talk("", &adapter)
    #expect(text.hasPrefix("e1s\re1s\r"))
    #expect(text.contains("sw096000\r") && text.contains("sp128000\r"))
    #expect(!text.contains("t351"))
    #expect(talk("F\r", &adapter) == "FA4\r")
  }

  @Test(
    "what makes no sense is refused with a bell",
    arguments: ["S9\r", "O\r", "F\r", "X\r", "t3510\r", "S\r"])
  func refusals(command: String) {
    var adapter = LawicelAdapter(busBitRate: 250_000)
    #expect(talk(command, &adapter) == "\u{7}")
  }

  @Test("frames to send are acknowledged and go nowhere")
  func thrownAway() {
    var adapter = LawicelAdapter(busBitRate: 250_000)
    #expect(talk("S5\rO\rt35120102\rT0000035110A\r", &adapter) == "\r\rz\rZ\r")
    #expect(adapter.thrownAway == 2)
  }
}
