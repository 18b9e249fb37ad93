import BusbarTestSupport
import CANFrames
import CANInterfaces
import Foundation
import Glibc
import Testing

@Suite("A cannelloni as a source", .timeLimit(.minutes(3)))
struct CannelloniSourceTests {
  /// A sender on this machine.
  final class Sender: Sendable {
    private let descriptor = socket(AF_INET, CInt(SOCK_DGRAM.rawValue), 0)

    func send(_ bytes: [UInt8], to port: UInt16) {
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_port = port.bigEndian
      address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
      unsafe withUnsafePointer(to: &address) { address in
        unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
          let size = socklen_t(MemoryLayout<sockaddr_in>.size)
          _ = unsafe sendto(descriptor, bytes, bytes.count, 0, address, size)
        }
      }
    }

    deinit { close(descriptor) }
  }

  /// A port that nobody has, as far as that can be known.
  static func freePort() -> UInt16 { UInt16.random(in: 40_000..<60_000) }

  static let frame: [UInt8] = [0, 0, 3, 0x51, 2, 0x1F, 0x01]

  static func datagram(_ sequence: UInt8, _ frames: [UInt8]..., count: Int? = nil) -> [UInt8] {
    [2, 0, sequence, 0, UInt8(count ?? frames.count)] + frames.flatMap { $0 }
  }

  @Test("gives the frames of each datagram, and tells what is missing between them")
  func listens() throws {
    let port = Self.freePort()
    let log = RemarkLog()
    var source = try open("cannelloni://127.0.0.1:\(port)", log)
    let sender = Sender()
    let extended: [UInt8] = [0x98, 0xFF, 0x50, 0xE5, 1, 0xAA]
    let remote: [UInt8] = [0x40, 0, 1, 0x23, 8]
    let flexible: [UInt8] = [0, 0, 3, 0x51, 0x80 | 12, 1] + [UInt8](repeating: 7, count: 12)
    sender.send(Self.datagram(254, Self.frame, extended), to: port)
    sender.send(Self.datagram(255, flexible, remote), to: port)
    sender.send(Self.datagram(2, Self.frame), to: port)
    sender.send([2, 1, 0, 0, 0], to: port)
    sender.send(Self.datagram(3, Self.frame, count: 9), to: port)
    sender.send([1, 2, 3], to: port)
    Sender().send(Self.datagram(4, Self.frame), to: port)
    sender.send(Self.datagram(3, Self.frame), to: port)
    var batch = FrameBatch()
    #expect(try readUntil(&source, &batch) { $0.frames.count == 5 })
    #expect(
      batch.frames.map { "\($0.identifier)#\($0.payloadText)" } == [
        "351#1F01", "18FF50E5#AA", "123#0000000000000000", "351#1F01", "351#1F01",
      ])
    #expect(batch.frames[2].kind == .remote && batch.frames[2].length == 8)
    #expect(batch.events.map(\.event.kind) == [.framesDropped(2)])
    #expect(batch.events.map(\.position) == [3])
    #expect(log.kinds.contains(.flexibleDataRate(count: 1)))
    #expect(log.kinds.contains(.rejected(count: 1, excerpt: "????????Q???")))
  }

  @Test("does not take any random bytes for frames that are longer than they can be")
  func survivesNoise() throws {
    let port = Self.freePort()
    var source = try open("cannelloni://127.0.0.1:\(port)")
    let sender = Sender()
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<200 {
      let noise = (0..<Int.random(in: 0...200)).map { _ in
        UInt8.random(in: 0...255, using: &generator)
      }
      sender.send([2, 0] + noise, to: port)
    }
    sender.send(Self.datagram(9, Self.frame), to: port)
    var batch = FrameBatch()
    #expect(
      try readUntil(&source, &batch) { $0.frames.contains { $0.identifier == .standard(0x351) } })
  }

  @Test("is refused where this machine has no such address")
  func refusesAddress() {
    let error = #expect(throws: SourceError.self) { _ = try open("cannelloni://192.0.2.1:20000") }
    #expect(error.map { "\($0)".contains("cannot reach 192.0.2.1:20000: bind: ") } == true)
  }
}
