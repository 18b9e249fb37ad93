import CANInterfaces
import Glibc

/// The bit rate that a CAN interface was set up with, asked of the kernel as `ip -details link` does.
///
/// The question goes to the kernel through a netlink socket; nothing of it reaches the bus.
enum InterfaceBitRate {
  // Numbers of <linux/netlink.h>, <linux/rtnetlink.h>, <linux/if_link.h> and <linux/can/netlink.h>.
  private static let routeFamily: CInt = 0
  private static let requestFlag: UInt16 = 1
  private static let newLink: UInt16 = 16
  private static let getLink: UInt16 = 18
  private static let linkInfo: UInt16 = 18
  private static let infoKind: UInt16 = 1
  private static let infoData: UInt16 = 2
  private static let bitTiming: UInt16 = 1
  /// `nlmsghdr` and `ifinfomsg`.
  private static let headLength = 32

  /// The bit rate of an interface.
  ///
  /// - Parameter name: The interface, such as `can0`.
  /// - Returns: In bit/s; `nil` if there is no such interface, or it has none, as a virtual one.
  static func ask(_ name: String) -> Int? {
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
    return count > 0 ? read(Array(answer.prefix(count))) : nil
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

  /// The bit rate in what the kernel answers.
  ///
  /// - Parameter answer: A message, in this machine's byte order.
  /// - Returns: In bit/s; `nil` if it tells of no CAN interface with one.
  static func read(_ answer: [UInt8]) -> Int? {
    guard answer.count >= headLength, number(UInt16.self, answer, at: 4) == newLink else {
      return nil
    }
    let length = number(UInt32.self, answer, at: 0).flatMap { Int(exactly: $0) } ?? 0
    guard (headLength...answer.count).contains(length),
      let info = attribute(linkInfo, in: answer[headLength..<length]),
      let kind = attribute(infoKind, in: info),
      // A controller's driver calls itself so; vcan, vxcan and others have no bit rate.
      kind.prefix(while: { $0 != 0 }).elementsEqual("can".utf8),
      let timing = attribute(infoData, in: info).flatMap({ attribute(bitTiming, in: $0) }),
      let rate = number(UInt32.self, Array(timing), at: 0), rate > 0
    else { return nil }
    return Int(rate)
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
