import CANFrames
import CSocketCAN
import Glibc

/// A raw CAN socket, bound to one interface, that can only receive.
///
/// Each frame comes with the kernel's time of its arrival and with the count of what was lost
/// before it. Error frames are on, CAN FD frames and frames sent through this socket (there are
/// none) are off.
struct CANSocket: ~Copyable, Sendable {
  private let descriptor: Descriptor
  var rawValue: CInt { descriptor.rawValue }

  /// The size of the receive buffer that the kernel granted, in its own reckoning, which counts
  /// 768 bytes for a frame.
  let receiveBufferBytes: Int

  /// The size that is asked for; the kernel doubles it, for its own overhead.
  static let wantedBufferBytes: CInt = 4 << 20

  /// Opens a socket for an interface.
  ///
  /// - Parameters:
  ///   - interface: What to listen to.
  ///   - identifiers: What to receive, besides error frames; everything if it is empty, or longer
  ///     than a kernel filter can be (512).
  /// - Throws: The call that failed.
  init(_ interface: NetworkInterface, receiving identifiers: [CANIdentifier]) throws(CallFailure) {
    let descriptor = try Self.open()
    let receiveBufferBytes = Self.enlargeBuffer(descriptor.rawValue)
    let socket = descriptor.rawValue
    try Self.set(socket, SOL_SOCKET, CSOCKETCAN_SO_TIMESTAMPNS, to: CInt(1))
    try Self.set(socket, SOL_SOCKET, SO_RXQ_OVFL, to: CInt(1))
    // Filters come before the interface, so that nothing unwanted is ever queued.
    try Self.set(socket, CSOCKETCAN_SOL_CAN_RAW, CInt(CAN_RAW_ERR_FILTER), to: CAN_ERR_MASK)
    try Self.setFilter(socket, identifiers)
    try Self.bind(socket, to: interface)
    self.receiveBufferBytes = receiveBufferBytes
    self.descriptor = descriptor
  }

  /// Whether the kernel has CAN sockets, loading their modules if it can.
  static var isKnownToKernel: Bool {
    do {
      _ = try open()
      return true
    } catch {
      return !isUnknown(error)
    }
  }

  /// Whether a failure means that the kernel does not know CAN, or not its raw sockets.
  static func isUnknown(_ failure: CallFailure) -> Bool {
    failure.code == EAFNOSUPPORT || failure.code == EPROTONOSUPPORT
  }

  private static func open() throws(CallFailure) -> Descriptor {
    let kind = SOCK_RAW.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue
    return try Descriptor(
      "socket", adopting: Glibc.socket(PF_CAN, CInt(bitPattern: kind), CInt(CAN_RAW)))
  }

  /// Makes the receive buffer as large as this process may, and returns what it got.
  private static func enlargeBuffer(_ socket: CInt) -> Int {
    do {
      // Beyond the limit of net.core.rmem_max; needs CAP_NET_ADMIN.
      try set(socket, SOL_SOCKET, SO_RCVBUFFORCE, to: wantedBufferBytes)
    } catch {
      try? set(socket, SOL_SOCKET, SO_RCVBUF, to: wantedBufferBytes)
    }
    var size: CInt = 0
    var length = socklen_t(MemoryLayout<CInt>.size)
    let status = unsafe getsockopt(socket, SOL_SOCKET, SO_RCVBUF, &size, &length)
    return status == 0 ? Int(size) : 0
  }

  private static func setFilter(
    _ socket: CInt, _ identifiers: [CANIdentifier]
  ) throws(CallFailure) {
    guard !identifiers.isEmpty, identifiers.count <= Int(CAN_RAW_FILTER_MAX) else { return }
    let filters = identifiers.map(can_filter.init(receiving:))
    let length = socklen_t(filters.count * MemoryLayout<can_filter>.stride)
    let status = unsafe setsockopt(
      socket, CSOCKETCAN_SOL_CAN_RAW, CInt(CAN_RAW_FILTER), filters, length)
    guard status == 0 else { throw .ofLast("setsockopt") }
  }

  private static func bind(
    _ socket: CInt, to interface: NetworkInterface
  ) throws(CallFailure) {
    var address = sockaddr_can()
    address.can_family = sa_family_t(AF_CAN)
    address.can_ifindex = interface.index
    let length = socklen_t(MemoryLayout<sockaddr_can>.size)
    let status = unsafe withUnsafePointer(to: &address) { address in
      unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        unsafe Glibc.bind(socket, address, length)
      }
    }
    guard status == 0 else { throw .ofLast("bind") }
  }

  private static func set<Value: BitwiseCopyable>(
    _ socket: CInt, _ level: CInt, _ option: CInt, to value: Value
  ) throws(CallFailure) {
    var value = value
    let length = socklen_t(MemoryLayout<Value>.size)
    guard unsafe setsockopt(socket, level, option, &value, length) == 0 else {
      throw .ofLast("setsockopt")
    }
  }
}

extension CANSocket {
  /// How many frames the socket has lost in all, as far as the kernel tells (`SO_MEMINFO`).
  ///
  /// Frames carry the same count, but when the bus falls silent after a loss no frame comes.
  func lossCount() -> UInt32? {
    var values: [9 of UInt32] = .init(repeating: 0)
    var length = socklen_t(MemoryLayout<[9 of UInt32]>.size)
    let status = unsafe getsockopt(rawValue, SOL_SOCKET, SO_MEMINFO, &values, &length)
    let index = Int(SK_MEMINFO_DROPS)
    guard status == 0, Int(length) >= (index + 1) * MemoryLayout<UInt32>.size else { return nil }
    return values[index]
  }
}

extension can_filter {
  /// A filter that lets one identifier pass, in its own format, as data and as remote request.
  init(receiving identifier: CANIdentifier) {
    let isExtended = identifier.format == .extended
    self.init(
      can_id: identifier.number | (isExtended ? CAN_EFF_FLAG : 0),
      can_mask: CAN_EFF_FLAG | (isExtended ? CAN_EFF_MASK : CAN_SFF_MASK))
  }
}
