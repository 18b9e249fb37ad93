/// Reads nothing of a log whose format is known but not read, and says so once.
struct UnreadableLogReader: LogReading {
  var buses: BusNames { BusNames() }
  private(set) var rejections = RejectionTally()
  var lineCount: Int { rejections.count }
  var frameCount: Int { 0 }
  var hasZonelessDates: Bool { false }

  mutating func read(_ chunk: Span<UInt8>, into batch: inout FrameBatch) {
    guard rejections.count == 0, !chunk.isEmpty else { return }
    rejections.add(
      LineRejection(.unreadableFormat, column: 1), line: 1,
      text: chunk.extracting(0..<min(4, chunk.count)))
  }

  mutating func finish(into batch: inout FrameBatch) {}
}
