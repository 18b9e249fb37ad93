import FuzzSupport

@testable import CANInterfaces

/// Compressed logs, in one piece and cut in two: both must unpack to the same. The last byte is also
/// where the log is cut, in 256ths of its length.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  fuzzArray(bytes, count) { bytes in
    guard let last = bytes.last else { return }
    let cut = bytes.count * Int(last) / 256
    let whole = unpacked([bytes[...]])
    precondition(whole == unpacked([bytes[..<cut], bytes[cut...]]), "cut at \(cut)")
  }
}

/// What came out of pieces, and the reasons why not all did.
private func unpacked(_ pieces: [ArraySlice<UInt8>]) -> [[UInt8]] {
  var unpacker = LogUnpacker()
  var result: [UInt8] = []
  for piece in pieces where !piece.isEmpty {
    unpacker.packed.replaceSubrange(unpacker.end..<unpacker.end + piece.count, with: piece)
    unpacker.add(piece.count)
    take(&unpacker, isAtEnd: false, into: &result)
  }
  take(&unpacker, isAtEnd: true, into: &result)
  unpacker.finish()
  return [result] + unpacker.rejections.entries.map { Array("\($0.reason)".utf8) }
}

private func take(_ unpacker: inout LogUnpacker, isAtEnd: Bool, into result: inout [UInt8]) {
  repeat {
    switch unpacker.next(isAtEnd: isAtEnd) {
    case .plain(let range): result += unpacker.packed[range]
    case .unpacked(let count): result += unpacker.unpacked[..<count]
    case .none: break
    }
  } while unpacker.hasPending && result.count < 8 << 20
}
