import CSocketCAN
import Glibc

/// What the kernel tells of a received message beside the message itself.
///
/// A run of headers (`cmsghdr`: length as a word, level, type), each followed by its data and
/// padded to a word.
package struct ControlMessages: Hashable, Sendable {
  /// When the message was received, in nanoseconds since 1970 (`SCM_TIMESTAMPNS`).
  package private(set) var timestamp: Int64?
  /// How many messages the socket had lost in all when this one was queued (`SO_RXQ_OVFL`); the
  /// kernel says nothing before the first loss.
  package private(set) var lossCount: UInt32?

  /// The space that both take for one message, with some to spare.
  static let capacity = 128

  package init(_ bytes: RawSpan) {
    var start = 0
    let word = MemoryLayout<Int>.size
    while start + Self.headerSize <= bytes.byteCount {
      let length = bytes.integer(at: start, as: Int.self)
      guard length >= Self.headerSize, length <= bytes.byteCount - start else { return }
      read(bytes.extracting(start..<start + length))
      start += (length + word - 1) / word * word
    }
  }

  private static let headerSize = MemoryLayout<cmsghdr>.size

  private mutating func read(_ message: RawSpan) {
    guard message.integer(at: MemoryLayout<Int>.size, as: CInt.self) == SOL_SOCKET else { return }
    let kind = message.integer(at: MemoryLayout<Int>.size + 4, as: CInt.self)
    let data = message.extracting(Self.headerSize..<message.byteCount)
    if kind == CSOCKETCAN_SO_TIMESTAMPNS, data.byteCount >= MemoryLayout<timespec>.size {
      let time = data.timespec()
      timestamp = Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    } else if kind == SO_RXQ_OVFL, data.byteCount >= 4 {
      lossCount = data.integer(at: 0, as: UInt32.self)
    }
  }
}

extension RawSpan {
  /// The integer at `offset`, in the machine's byte order.
  ///
  /// - Precondition: It lies within the span.
  func integer<Number: FixedWidthInteger & BitwiseCopyable>(
    at offset: Int, as type: Number.Type
  ) -> Number {
    unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: type)
  }

  fileprivate func timespec() -> timespec {
    unsafe unsafeLoadUnaligned(fromByteOffset: 0, as: Glibc.timespec.self)
  }
}
