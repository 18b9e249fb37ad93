extension SourceError {
  /// What is wrong with an adapter or a server: its name, then ``reason``.
  var adapterText: String { "\(Self.line(subject)): \(reason)" }

  private var subject: String {
    switch self {
    case .noSuchDevice(let path, _), .notASerialPort(let path), .deviceBusy(let path),
      .deviceNotPermitted(let path, _), .deviceGone(let path):
      path
    case .adapter(let name, _), .unreachable(let name, _, _): name
    default: ""
    }
  }

  /// What is wrong and what to do about it, without the name of the source.
  var reason: String {
    switch self {
    case .noSuchDevice(_, let present) where present.isEmpty:
      "no such device; there is no serial adapter here"
    case .noSuchDevice(_, let present):
      "no such device; adapters here: \(present.map(Self.line).joined(separator: ", "))"
    case .notASerialPort: "not a serial port; name one such as /dev/ttyACM0"
    case .deviceBusy(let path):
      "another program has it; see which with: sudo fuser -v \(Self.quoted(path))"
    case .deviceNotPermitted(_, let failure):
      "no permission: \(failure); join its group with: sudo usermod -aG dialout \"$USER\""
    case .deviceGone: "the device is gone"
    case .adapter(_, let fault): Self.line(fault.description)
    case .unreachable(_, let address, let reason): "cannot reach \(address): \(reason)"
    default: description
    }
  }
}
