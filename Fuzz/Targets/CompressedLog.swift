import FuzzSupport

@testable import CANInterfaces

/// Compressed logs, in one piece and cut in two: both must unpack to the same.
///
/// The last byte is also where the log is cut, in 256ths of its length. Of a damaged block without
/// compression zstd gives more or less, depending on how it comes; there only the damage must be told
/// of in both cases. Of what unpacks to more than a limit, only what comes before it is compared.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  fuzzArray(bytes, count) { bytes in
    guard let first = bytes.first, let last = bytes.last else { return }
    let cut = bytes.count * Int(last) / 256
    let whole = Unpacked([bytes[...]])
    let pieces = Unpacked([bytes[..<cut], bytes[cut...]])
    let isDamagedZstd = first == 0x28 && !whole.reasons.isEmpty && !pieces.reasons.isEmpty
    if whole.isCut || pieces.isCut {
      precondition(
        whole.bytes.prefix(Unpacked.limit) == pieces.bytes.prefix(Unpacked.limit), "cut at \(cut)")
    } else {
      precondition(isDamagedZstd || whole == pieces, "cut at \(cut)")
    }
  }
}

/// What came out of pieces, and why not all did.
private struct Unpacked: Equatable {
  static let limit = 8 << 20

  private(set) var bytes: [UInt8] = []
  private(set) var reasons: [String] = []
  /// Whether there is more than was unpacked.
  var isCut: Bool { bytes.count >= Self.limit }

  init(_ pieces: [ArraySlice<UInt8>]) {
    var unpacker = LogUnpacker()
    for piece in pieces where !piece.isEmpty {
      unpacker.packed.replaceSubrange(unpacker.end..<unpacker.end + piece.count, with: piece)
      unpacker.add(piece.count)
      take(&unpacker, isAtEnd: false)
    }
    take(&unpacker, isAtEnd: true)
    unpacker.finish()
    reasons = unpacker.rejections.entries.map { "\($0.reason)" }
  }

  private mutating func take(_ unpacker: inout LogUnpacker, isAtEnd: Bool) {
    repeat {
      switch unpacker.next(isAtEnd: isAtEnd) {
      case .plain(let range): bytes += unpacker.packed[range]
      case .unpacked(let count): bytes += unpacker.unpacked[..<count]
      case .none: break
      }
    } while unpacker.hasPending && !isCut
  }
}
