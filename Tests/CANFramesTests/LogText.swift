import CANFrames

/// A log given as text, and what the reader made of it.
struct LogText {
  private(set) var reader = CandumpReader()
  private(set) var batch = FrameBatch()
  var frames: [CANFrame] { batch.frames }

  init(_ text: String, pieces size: Int = .max) {
    let bytes = Array(text.utf8)
    var start = 0
    while start < bytes.count {
      let end = size < bytes.count - start ? start + size : bytes.count
      reader.read(bytes.span.extracting(start..<end), into: &batch)
      start = end
    }
    reader.finish(into: &batch)
  }

  /// A frame in the notation of `cansend`, error frames marked.
  static func notation(_ frame: CANFrame) -> String {
    switch frame.kind {
    case .data: "\(frame.identifier)#\(frame.payloadText)"
    case .remote: "\(frame.identifier)#R\(frame.length)"
    case .error: "error \(frame.identifier)#\(frame.payloadText)"
    }
  }
}
