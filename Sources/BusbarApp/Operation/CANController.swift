import CANInterfaces
import Glibc

/// How a CAN interface's controller is set up and how it is, asked of the kernel as
/// `ip -details link` does.
///
/// The question goes to the kernel through a netlink socket; nothing of it reaches the bus.
package struct CANController: Hashable, Sendable {
  /// What the controller's error counters have made of it; `can_state` of <linux/can/netlink.h>.
  package enum State: UInt32, Sendable {
    case active, warning, passive, busOff, stopped, sleeping
  }

  /// In bit/s; `nil` if the kernel does not say, as of a serial adapter that was set up elsewhere.
  package var bitRate: Int?
  /// `nil` if the kernel does not say.
  package var state: State?

  // Numbers of <linux/netlink.h>, <linux/rtnetlink.h>, <linux/if_link.h> and <linux/can/netlink.h>.
  private static let routeFamily: CInt = 0
  private static let requestFlag: UInt16 = 1
  private static let newLink: UInt16 = 16
  private static let getLink: UInt16 = 18
  private static let linkInfo: UInt16 = 18
  private static let infoKind: UInt16 = 1
  private static let infoData: UInt16 = 2
  private static let bitTiming: UInt16 = 1
  private static let controllerState: UInt16 = 4
  /// `nlmsghdr` and `ifinfomsg`.
  private static let headLength = 32

  /// The controller of an interface.
  ///
  /// - Parameter name: The interface, such as `can0`.
  /// - Returns: `nil` if there is no such interface, or it has no controller, as a virtual one.
  package static func of(_ name: String) -> Self? {
    guard let interface = (try? NetworkInterface.named(name)) ?? nil else { return nil }
    let descriptor = socket(
      AF_NETLINK, CInt(SOCK_RAW.rawValue) | CInt(SOCK_CLOEXEC.rawValue), routeFamily)
    guard descriptor >= 0 else { return nil }
    defer { _ = close(descriptor) }
    let question = question(interface.index)
    let sent = unsafe question.withUnsafeBytes { bytes in
      unsafe send(descriptor, bytes.baseAddress, bytes.count, 0)
    }
    guard sent == question.count else { return nil }
    // The kernel has answered by the time the question was taken.
    var answer = [UInt8](repeating: 0, count: 65_536)
    let count = unsafe answer.withUnsafeMutableBytes { buffer in
      unsafe recv(descriptor, buffer.baseAddress, buffer.count, CInt(MSG_DONTWAIT))
    }
    return count > 0 ? Self(answer: Array(answer.prefix(count))) : nil
  }

  /// `nlmsghdr` (length, kind, flags, number, port) and `ifinfomsg` (family, type, index, flags).
  private static func question(_ index: CInt) -> [UInt8] {
    var bytes: [UInt8] = []
    func append<Number: FixedWidthInteger>(_ number: Number) {
      unsafe withUnsafeBytes(of: number) { unsafe bytes.append(contentsOf: $0) }
    }
    append(UInt32(headLength))
    append(getLink)
    append(requestFlag)
    append(0 as UInt64)
    append(0 as UInt32)
    append(index)
    append(0 as UInt64)
    return bytes
  }

  /// Takes what the kernel answers; `nil` if it tells of no CAN interface with a controller.
  ///
  /// - Parameter answer: A message, in this machine's byte order.
  init?(answer: [UInt8]) {
    guard answer.count >= Self.headLength, Self.number(UInt16.self, answer, at: 4) == Self.newLink
    else { return nil }
    let length = Self.number(UInt32.self, answer, at: 0).flatMap { Int(exactly: $0) } ?? 0
    guard (Self.headLength...answer.count).contains(length),
      let info = Self.attribute(Self.linkInfo, in: answer[Self.headLength..<length]),
      let kind = Self.attribute(Self.infoKind, in: info),
      // A controller's driver calls itself so; vcan, vxcan and others have none.
      kind.prefix(while: { $0 != 0 }).elementsEqual("can".utf8),
      let data = Self.attribute(Self.infoData, in: info)
    else { return nil }
    let number = { (kind: UInt16) in
      Self.attribute(kind, in: data).flatMap { Self.number(UInt32.self, Array($0), at: 0) }
    }
    bitRate = number(Self.bitTiming).flatMap { $0 > 0 ? Int($0) : nil }
    state = number(Self.controllerState).flatMap(State.init)
  }

  /// The content of the first attribute of a kind: each has a length, a kind, and is padded to 4.
  private static func attribute(_ kind: UInt16, in bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    var start = bytes.startIndex
    while bytes.endIndex - start >= 4 {
      let head = Array(bytes[start..<(start + 4)])
      guard let length = number(UInt16.self, head, at: 0).map(Int.init),
        let found = number(UInt16.self, head, at: 2), length >= 4, length <= bytes.endIndex - start
      else { return nil }
      // The upper two bits tell whether it holds attributes, and their byte order.
      if found & 0x3FFF == kind { return bytes[(start + 4)..<(start + length)] }
      start += min(bytes.endIndex - start, (length + 3) & ~3)
    }
    return nil
  }

  private static func number<Number: FixedWidthInteger & UnsignedInteger>(
    _: Number.Type, _ bytes: [UInt8], at offset: Int
  ) -> Number? {
    let size = MemoryLayout<Number>.size
    guard offset + size <= bytes.count else { return nil }
    return unsafe bytes.withUnsafeBytes { bytes in
      unsafe bytes.loadUnaligned(fromByteOffset: offset, as: Number.self)
    }
  }
}
