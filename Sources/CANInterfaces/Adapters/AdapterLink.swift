import CSocketCAN
import Glibc

/// A serial port or a TCP connection to an adapter; never a CAN socket.
struct AdapterLink: ~Copyable, Sendable {
  /// What came of a read that does not wait.
  enum Reading: Hashable, Sendable {
    case bytes(Int)
    case nothing
    /// The other side is gone.
    case ended
  }

  private let descriptor: Descriptor
  private let isSocket: Bool

  /// For waiting.
  var rawValue: CInt { descriptor.rawValue }

  private init(_ descriptor: consuming Descriptor, isSocket: Bool) {
    self.descriptor = descriptor
    self.isSocket = isSocket
  }

  /// Fills `buffer` with what is there.
  func read(into buffer: inout [UInt8]) throws(CallFailure) -> Reading {
    let count = unsafe buffer.withUnsafeMutableBytes { buffer in
      unsafe Glibc.read(descriptor.rawValue, buffer.baseAddress, buffer.count)
    }
    switch count {
    case 1...: return .bytes(count)
    // A serial port whose device is gone has an end like a file.
    case 0: return .ended
    default:
      switch errno {
      case EAGAIN, EINTR: return .nothing
      case EIO, ENXIO, ENODEV: return .ended
      default: throw .ofLast("read")
      }
    }
  }

  /// Says a command, all of it.
  ///
  /// The one place of this target that gives bytes to a descriptor. It takes nothing but an
  /// ``AdapterCommand``, and no such command makes an adapter send a frame.
  ///
  /// - Throws: If the other side is gone, or takes nothing for a fifth of a second.
  func say(_ command: AdapterCommand) throws(CallFailure) {
    var rest = command.bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { bytes in
        unsafe isSocket
          ? send(descriptor.rawValue, bytes.baseAddress, bytes.count, CInt(MSG_NOSIGNAL))
          : write(descriptor.rawValue, bytes.baseAddress, bytes.count)
      }
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno == EAGAIN {
        let patience = Deadline(milliseconds: 200)
        let outcome = try Wait.until(rawValue, for: .writing, isReadyOr: -1, before: patience)
        guard outcome == .ready else { throw CallFailure(call: "write", code: ETIMEDOUT) }
      } else if errno != EINTR {
        throw .ofLast("write")
      }
    }
  }
}

extension AdapterLink {
  /// Opens a serial port for bytes as they are, and keeps other programs from opening it too.
  ///
  /// - Throws: What the kernel says; `ENOTTY` for anything but a serial port.
  init(_ port: SerialPort, path: String) throws(CallFailure) {
    let flags = O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC
    let descriptor = try Descriptor("open", adopting: unsafe open(path, flags))
    var settings = termios()
    guard unsafe tcgetattr(descriptor.rawValue, &settings) == 0 else { throw .ofLast("tcgetattr") }
    guard ioctl(descriptor.rawValue, UInt(TIOCEXCL)) == 0 else { throw .ofLast("ioctl") }
    unsafe cfmakeraw(&settings)
    settings.c_cflag |= tcflag_t(CLOCAL | CREAD)
    settings.c_cflag &= ~tcflag_t(CSTOPB) & ~CSOCKETCAN_CRTSCTS
    guard unsafe cfsetspeed(&settings, port.baud.code) == 0,
      unsafe tcsetattr(descriptor.rawValue, TCSANOW, &settings) == 0,
      tcflush(descriptor.rawValue, TCIOFLUSH) == 0
    else { throw .ofLast("tcsetattr") }
    self.init(descriptor, isSocket: false)
  }

  /// Begins to connect; ``hasConnected()`` tells the end when the link can be written to.
  ///
  /// A peer that vanishes without a word is noticed within half a minute.
  init(connectingTo address: SocketAddress) throws(CallFailure) {
    let kind =
      CInt(SOCK_STREAM.rawValue) | CInt(SOCK_NONBLOCK.rawValue) | CInt(SOCK_CLOEXEC.rawValue)
    let descriptor = try Descriptor("socket", adopting: socket(address.family, kind, 0))
    let level = CInt(IPPROTO_TCP)
    try descriptor.set(SOL_SOCKET, SO_KEEPALIVE, 1)
    try descriptor.set(level, TCP_KEEPIDLE, 10)
    try descriptor.set(level, TCP_KEEPINTVL, 5)
    try descriptor.set(level, TCP_KEEPCNT, 4)
    try descriptor.set(level, TCP_NODELAY, 1)
    let result = unsafe address.withPointer { pointer, length in
      unsafe connect(descriptor.rawValue, pointer, length)
    }
    guard result == 0 || errno == EINPROGRESS else { throw .ofLast("connect") }
    self.init(descriptor, isSocket: true)
  }

  /// Call when a link that connects can be written to.
  ///
  /// - Throws: Why it did not connect.
  func finishConnecting() throws(CallFailure) {
    var code: CInt = 0
    var size = socklen_t(MemoryLayout<CInt>.size)
    guard unsafe getsockopt(rawValue, SOL_SOCKET, SO_ERROR, &code, &size) == 0 else {
      throw .ofLast("getsockopt")
    }
    guard code == 0 else { throw CallFailure(call: "connect", code: code) }
  }
}

extension Descriptor {
  /// Sets a socket's option that is a number.
  func set(_ level: CInt, _ option: CInt, _ value: CInt) throws(CallFailure) {
    var value = value
    let size = socklen_t(MemoryLayout<CInt>.size)
    guard unsafe setsockopt(rawValue, level, option, &value, size) == 0 else {
      throw .ofLast("setsockopt")
    }
  }
}
