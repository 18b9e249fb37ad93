import CANFrames
import FuzzSupport

/// Logs and pasted text, in one piece and byte by byte: both must give the same frames.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  fuzz(bytes, count) { bytes in
    var whole = CandumpReader()
    var frames = FrameBatch()
    whole.read(bytes, into: &frames)
    whole.finish(into: &frames)
    var pieces = CandumpReader()
    var others = FrameBatch()
    let cut = bytes.isEmpty ? 0 : Int(bytes[0]) % bytes.count
    pieces.read(bytes.extracting(first: cut), into: &others)
    pieces.read(bytes.extracting(droppingFirst: cut), into: &others)
    pieces.finish(into: &others)
    precondition(
      named(frames, whole.buses) == named(others, pieces.buses), "cut at \(cut)")
  }
}

/// Frames with the names of their buses: the numbers may differ, since a line that is rejected may
/// have left its bus's name behind.
private func named(_ batch: FrameBatch, _ buses: BusNames) -> [NamedFrame] {
  batch.frames.map { frame in
    var plain = frame
    plain.bus = 0
    return NamedFrame(frame: plain, bus: buses[frame.bus])
  }
}

private struct NamedFrame: Equatable {
  var frame: CANFrame
  var bus: String?
}
