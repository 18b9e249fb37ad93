import CANInterfaces
import Glibc
import Testing

@Suite("A watch on an interface")
struct InterfaceWatchTests {
  static func interface(_ index: CInt, isUp: Bool) -> NetworkInterface {
    NetworkInterface(name: "can0", index: index, isUp: isUp, isCAN: true)
  }
  static let up = interface(3, isUp: true)
  static let down = interface(3, isUp: false)
  static let newUp = interface(4, isUp: true)
  static let newDown = interface(4, isUp: false)

  /// An outage: what the socket said, what each look saw, and what that leads to.
  struct Outage: Sendable, CustomTestStringConvertible {
    var codes: [CInt]
    var looks: [NetworkInterface?]
    var actions: [InterfaceWatch.Action]
    var links: [InterfaceLink]
    var testDescription: String
  }

  @Test(
    "sees an outage through",
    arguments: [
      Outage(
        codes: [ENETDOWN], looks: [down, down, up], actions: [.keepWaiting, .keepWaiting, .resume],
        links: [.down, .down, .up], testDescription: "down and up: the socket works again"),
      Outage(
        codes: [ENETDOWN], looks: [up], actions: [.resume], links: [.up],
        testDescription: "up again before anybody could look"),
      Outage(
        codes: [ENETDOWN, ENODEV], looks: [nil, newDown, newUp],
        actions: [.keepWaiting, .keepWaiting, .rebind(newUp)], links: [.gone, .down, .down],
        testDescription: "deleted and made again"),
      Outage(
        codes: [ENETDOWN], looks: [down, nil, newUp],
        actions: [.keepWaiting, .keepWaiting, .rebind(newUp)], links: [.down, .gone, .gone],
        testDescription: "down first, then gone"),
      Outage(
        codes: [ENETDOWN], looks: [newUp], actions: [.rebind(newUp)], links: [.down],
        testDescription: "replaced before anybody could look"),
      Outage(
        codes: [ENODEV], looks: [up], actions: [.rebind(up)], links: [.down],
        testDescription: "replaced by one with the same number"),
      Outage(
        codes: [ENETDOWN], looks: [nil, up], actions: [.keepWaiting, .rebind(up)],
        links: [.gone, .gone], testDescription: "renamed and named back: bound anew to be sure"),
    ])
  func seesThrough(_ outage: Outage) {
    var watch = InterfaceWatch(index: 3)
    for code in outage.codes { watch.socketFailed(code) }
    #expect(watch.link == .down)
    var actions: [InterfaceWatch.Action] = []
    var links: [InterfaceLink] = []
    for interface in outage.looks {
      actions.append(watch.looked(at: interface))
      links.append(watch.link)
    }
    #expect(actions == outage.actions)
    #expect(links == outage.links)
  }

  @Test("begins anew with a new socket")
  func beginsAnew() {
    var watch = InterfaceWatch(index: 3)
    watch.socketFailed(ENODEV)
    watch.rebound(to: Self.newUp)
    #expect(watch.link == .up)
    watch.socketFailed(ENETDOWN)
    #expect(watch.looked(at: Self.newUp) == .resume)
  }

  @Test("takes for outages only what concerns the interface")
  func knowsOutages() {
    #expect([ENETDOWN, ENODEV, ENXIO].allSatisfy(InterfaceWatch.isOutage))
    #expect(![EAGAIN, EINTR, EBADF, EIO, ENOMEM].contains(where: InterfaceWatch.isOutage))
  }
}
