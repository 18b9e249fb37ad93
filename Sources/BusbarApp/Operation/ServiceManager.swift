import Glibc

/// The other end of `$NOTIFY_SOCKET`: tells systemd how the program is doing (sd_notify(3)).
///
/// Where there is no such variable, nothing is told and nothing fails.
package struct ServiceManager: Sendable {
  /// What can be told.
  package enum Message: Hashable, Sendable {
    case ready
    /// The configuration is being read anew; `ready` comes after it. The time is `CLOCK_MONOTONIC`,
    /// in microseconds.
    case reloading(monotonicMicroseconds: Int64)
    case stopping
    /// The watchdog is not to bite.
    case watchdog
    /// One line for `systemctl status`.
    case status(String)

    /// The assignments, as the protocol has them.
    var text: String {
      switch self {
      case .ready: "READY=1"
      case .reloading(let time): "RELOADING=1\nMONOTONIC_USEC=\(time)"
      case .stopping: "STOPPING=1"
      case .watchdog: "WATCHDOG=1"
      case .status(let line): "STATUS=\(line.split(separator: "\n").joined(separator: " "))"
      }
    }
  }

  private let path: String?
  /// After how long without ``Message/watchdog`` the program is ended; `nil` for never.
  package let watchdogLimit: Duration?

  /// Takes what systemd put into the environment.
  package init(environment: [String: String], processIdentifier: Int32 = getpid()) {
    path = environment["NOTIFY_SOCKET"].flatMap { $0.isEmpty ? nil : $0 }
    let isForUs = environment["WATCHDOG_PID"].map { $0 == "\(processIdentifier)" } ?? true
    watchdogLimit =
      isForUs
      ? environment["WATCHDOG_USEC"].flatMap { Int64($0) }.flatMap {
        $0 > 0 ? .microseconds($0) : nil
      } : nil
  }

  /// Tells it without waiting, and returns whether the kernel took it.
  @discardableResult
  package func tell(_ message: Message) -> Bool {
    guard let path, var address = sockaddr_un(notifying: path) else { return false }
    let descriptor = socket(AF_UNIX, CInt(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    // An abstract name's length counts; the path's is found by its zero.
    let length = socklen_t(MemoryLayout<sa_family_t>.size + path.utf8.count)
    let bytes = Array(message.text.utf8)
    let count = unsafe withUnsafePointer(to: &address) { address in
      unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        unsafe sendto(
          descriptor, bytes, bytes.count, CInt(MSG_NOSIGNAL) | CInt(MSG_DONTWAIT),
          address, length)
      }
    }
    return count == bytes.count
  }
}

extension sockaddr_un {
  /// The address of `$NOTIFY_SOCKET`: a path, or an abstract name with `@` in front.
  fileprivate init?(notifying path: String) {
    var bytes = Array(path.utf8)
    guard let first = bytes.first, first == UInt8(ascii: "/") || first == UInt8(ascii: "@") else {
      return nil
    }
    if first == UInt8(ascii: "@") { bytes[0] = 0 }
    self.init()
    sun_family = sa_family_t(AF_UNIX)
    let room = MemoryLayout.size(ofValue: sun_path)
    guard bytes.count < room else { return nil }
    unsafe withUnsafeMutableBytes(of: &sun_path) { unsafe $0.copyBytes(from: bytes) }
  }
}
