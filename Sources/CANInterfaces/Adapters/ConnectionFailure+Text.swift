import Glibc

extension ConnectionFailure {
  /// What happened, in words.
  var reason: String {
    switch self {
    case .timedOut: "no answer in time"
    case .lookup(let failure): failure.reason
    case .call(let failure): failure.code == EPIPE ? "the connection was closed" : "\(failure)"
    }
  }
}

extension SourceError {
  /// What a failure to open or to read a serial port means.
  static func serialPort(_ name: String, _ port: SerialPort, _ failure: CallFailure) -> Self {
    switch failure.code {
    case ENOENT, ENXIO, ENODEV, ENOTDIR:
      .noSuchDevice(port.path, present: SerialPortPaths.present())
    case EACCES, EPERM: .deviceNotPermitted(port.path, failure)
    case EBUSY: .deviceBusy(port.path)
    case ENOTTY: .notASerialPort(port.path)
    case EPIPE: .deviceGone(port.path)
    default: .failed(name, failure)
    }
  }
}
