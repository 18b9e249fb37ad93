/// Asks a CAN interface's driver now and then how its controller is.
struct ControllerWatch {
  /// Every two seconds.
  private static let interval: Int64 = 2_000_000_000

  private let interface: String?
  private var lastAsked: Int64?

  init(_ interface: String?) { self.interface = interface }

  /// What the driver says, if it is time to ask and there is something to ask.
  mutating func report(at now: Int64) -> ControllerReport? {
    guard let interface, lastAsked.map({ now - $0 >= Self.interval }) ?? true else { return nil }
    lastAsked = now
    return ControllerReport(interface: interface)
  }
}
