public import CANFrames
import CSocketCAN
import Glibc

/// Why a frame cannot be put on a bus.
public struct CANTransmitterError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The interface.
  public var interface: String
  /// The system call that failed, and the `errno` it left.
  public var call: String
  public var code: CInt

  public var description: String {
    let reason = unsafe strerror(code).map { unsafe String(cString: $0) } ?? "unknown error"
    return "\(interface): \(call): \(reason) (errno \(code))"
  }
}

/// Puts frames on a CAN bus: the only code in this program that can.
///
/// It exists for `busbar simulate --transmit` alone, on a bus without a battery; tests hold that
/// nothing else imports it. It receives nothing.
public struct CANTransmitter: ~Copyable {
  /// How many frames were put on the bus.
  public private(set) var count = 0

  private let interface: String
  private let descriptor: CInt

  /// Opens an interface for sending.
  ///
  /// - Parameter interface: Its name, such as `vcan0`; it has to be up.
  /// - Throws: If there is no such interface, or the kernel does not let this process have it.
  public init(interface: String) throws(CANTransmitterError) {
    func failure(_ call: String) -> CANTransmitterError {
      CANTransmitterError(interface: interface, call: call, code: errno)
    }
    let kind = CInt(bitPattern: SOCK_RAW.rawValue | SOCK_CLOEXEC.rawValue)
    let descriptor = socket(PF_CAN, kind, CInt(CAN_RAW))
    guard descriptor >= 0 else { throw failure("socket") }
    // No filter: nothing is received, so nothing piles up.
    let isDeaf = setsockopt(
      descriptor, CSOCKETCAN_SOL_CAN_RAW, CInt(CAN_RAW_FILTER), nil, 0)
    var address = sockaddr_can()
    address.can_family = sa_family_t(AF_CAN)
    address.can_ifindex = CInt(bitPattern: unsafe if_nametoindex(interface))
    let length = socklen_t(MemoryLayout<sockaddr_can>.size)
    let isBound = unsafe withUnsafePointer(to: &address) { address in
      unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        unsafe bind(descriptor, address, length)
      }
    }
    // Index 0 would mean every CAN interface there is.
    guard isDeaf == 0, isBound == 0, address.can_ifindex != 0 else {
      let error = failure(address.can_ifindex == 0 ? "if_nametoindex" : "bind")
      _ = close(descriptor)
      throw error
    }
    self.interface = interface
    self.descriptor = descriptor
  }

  deinit { _ = close(descriptor) }

  /// Puts a data frame on the bus; anything else is left out.
  ///
  /// - Returns: Whether it was sent.
  /// - Throws: If the interface went down or away. A full queue, as on a bus where nobody
  ///   acknowledges, is no error: the frame is dropped, as a battery's would be.
  public mutating func send(_ frame: CANFrame) throws(CANTransmitterError) -> Bool {
    guard frame.kind == .data else { return false }
    var raw = can_frame()
    let isExtended = frame.identifier.format == .extended
    raw.can_id = frame.identifier.number | (isExtended ? CAN_EFF_FLAG : 0)
    raw.len = frame.length
    unsafe withUnsafeMutableBytes(of: &raw.data) { bytes in
      unsafe bytes.storeBytes(of: frame.payload.littleEndian, as: UInt64.self)
    }
    let size = MemoryLayout<can_frame>.size
    while unsafe write(descriptor, &raw, size) != size {
      if errno == EINTR { continue }
      if errno == ENOBUFS || errno == EAGAIN { return false }
      throw CANTransmitterError(interface: interface, call: "write", code: errno)
    }
    count += 1
    return true
  }
}
