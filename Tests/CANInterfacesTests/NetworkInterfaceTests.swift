import CANInterfaces
import Testing

@Suite("Network interfaces of this machine")
struct NetworkInterfaceTests {
  @Test("include the loopback interface, which is not CAN")
  func findsLoopback() throws {
    let loopback = try #require(try NetworkInterface.named("lo"))
    #expect(!loopback.isCAN)
    #expect(loopback.index > 0)
    #expect(NetworkInterface.all().contains(loopback))
  }

  @Test(
    "do not include what no interface can be called",
    arguments: ["", "busbar-none", "a name that is longer than sixteen bytes", "../lo"])
  func findsNothing(name: String) throws {
    #expect(try NetworkInterface.named(name) == nil)
  }
}
