/// Where an adapter is.
enum AdapterEndpoint: Sendable {
  case serial(SerialPort, SerialPortPaths)
  case network(NetworkAddress)

  /// How long to wait before the so-manyeth attempt to reach it again, in nanoseconds.
  ///
  /// Looking whether a device is back costs nothing; a host is asked ever less often.
  func pause(beforeAttempt attempt: Int) -> Int64 {
    switch self {
    case .serial: 500_000_000
    case .network: min(30_000_000_000, 500_000_000 << Int64(min(attempt, 6)))
    }
  }
}
