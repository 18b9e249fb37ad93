/// Where a lane's lines go: standard output, each with its bus in front if there are several.
struct DecodeSink {
  private let prefix: [UInt8]
  private let standardOutput = StandardOutput()

  /// - Parameter prefix: What every line begins with; empty for nothing.
  init(prefix: String = "") { self.prefix = Array(prefix.utf8) }

  /// Writes complete lines away and empties the text.
  func flush(_ text: inout [UInt8]) throws(OutputError) {
    if !prefix.isEmpty { text = prefixed(text) }
    try standardOutput.flush(&text)
  }

  private func prefixed(_ text: [UInt8]) -> [UInt8] {
    var lines: [UInt8] = []
    lines.reserveCapacity(text.count * 2)
    var isLineStart = true
    for byte in text {
      if isLineStart { lines.append(contentsOf: prefix) }
      lines.append(byte)
      isLineStart = byte == UInt8(ascii: "\n")
    }
    return lines
  }
}
