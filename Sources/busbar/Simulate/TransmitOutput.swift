import BMSDialects
import BusbarApp
import CANFrames
import CANInterfaces
import CANTransmitter
import Simulation

/// `busbar simulate --transmit`: the one way in this program to put frames on a bus.
///
/// It listens first, and sends only where no battery is heard; it says what it sends and counts it,
/// and ends as soon as somebody else's frame of the family comes.
struct TransmitOutput {
  let interface: String
  let stop: CInt

  /// For how long it listens before: twice the longest round of a known battery, in s.
  private static let listening = 6.0

  func run(_ setup: SimulationSetup) throws {
    let notices = StandardErrorNotices()
    guard case .interface(let name) = try SourceSpecification(parsing: interface) else {
      throw CommandFailure("\(interface): --transmit takes a CAN interface", .wrongCommand)
    }
    let family = TransmitSession.family
    let session = TransmitSession(setup, stop: stop)
    var bus = try SocketCANSource(interface: name, stop: stop)
    notices.tell("\(name): listening for \(Self.listening) s whether a battery is there")
    guard let heard = try session.listen(to: &bus, seconds: Self.listening, family: family) else {
      notices.tell("\(name): stopped; nothing was sent")
      return
    }
    guard heard.isEmpty else {
      let list = heard.map(\.description).joined(separator: " ")
      throw CommandFailure(
        "\(name): a battery is on this bus (\(list)); nothing was sent; a simulated battery needs a "
          + "bus of its own, such as vcan0", .checkFailed)
    }
    let product = setup.specification.product.rawValue
    notices.tell(
      "\(name): SENDING the frames of a simulated \(product) (dialect \(setup.dialect.name)); "
        + "Ctrl-C ends")
    do {
      var transmitter = try CANTransmitter(interface: name)
      let outcome = try session.run(on: &bus, family: family) { try transmitter.send($0) }
      notices.tell("\(name): \(outcome.sent) frames sent, \(outcome.dropped) dropped")
      guard outcome.others.isEmpty else {
        let list = outcome.others.map(\.description).joined(separator: " ")
        throw CommandFailure(
          "\(name): another battery has come to this bus (\(list)); sending ended", .checkFailed)
      }
    } catch let error as CANTransmitterError {
      throw CommandFailure(error, .outsideFailed)
    }
  }
}
