package import CANFrames

/// Why a log was not converted.
package enum ConvertError: Error, Hashable, Sendable {
  /// The name of the output does not tell its format, which can be one of these.
  case noFormat(String, [LogFormat])
  /// There is such a file already.
  case exists(String)
  /// The output is a directory.
  case isDirectory(String)
  /// Bytes for people would go to a terminal that cannot show them.
  case binaryToTerminal(String)
  /// The kernel refused to make or fill the file.
  case failed(String, reason: String)
  /// Nobody reads standard output any more; a reason to end, not a fault.
  case closed
  /// Somebody ended it before the log was read to its end.
  case interrupted(String)
  /// The log holds no frame.
  case noFrames(String)
  /// No frame of the log is wanted; it has these buses.
  case nothingSelected(String, frames: Int, buses: [String])
}

extension ConvertError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noFormat(let path, let formats):
      "\(path): its name does not tell the format; "
        + "give one with --format: \(formats.map(\.rawValue).joined(separator: ", "))"
    case .exists(let path): "\(path): exists already; --force replaces it"
    case .isDirectory(let path): "\(path): a directory; name a file in it"
    case .binaryToTerminal(let format):
      "\(format) is not for a terminal; name a file, or send it through a pipe"
    case .failed(let path, let reason): "\(path): cannot be written: \(reason)"
    case .closed: "standard output was closed"
    case .interrupted(let path): "interrupted; \(path) was not written"
    case .noFrames(let message): message
    case .nothingSelected(let name, let frames, let buses):
      "\(name): none of its \(frames) frame\(frames == 1 ? "" : "s") is selected"
        + (buses.isEmpty ? "" : "; its buses: \(buses.joined(separator: ", "))")
    }
  }

  /// What the program's exit status says of it.
  package var status: ExitStatus {
    switch self {
    case .noFormat, .exists, .isDirectory, .binaryToTerminal: .wrongCommand
    case .failed, .closed, .interrupted: .outsideFailed
    case .noFrames, .nothingSelected: .checkFailed
    }
  }
}
