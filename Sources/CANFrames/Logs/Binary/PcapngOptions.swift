/// Steps through the options at the end of a pcapng block: code and length (16 bits each), value,
/// zeros up to a multiple of four.
struct PcapngOptions: Sendable {
  private var position: Int

  /// - Parameter position: Where the first option begins in the block's body.
  init(at position: Int) { self.position = position }

  /// The next option, or `nil` at the end or where an option does not fit the block.
  mutating func next(
    _ body: Span<UInt8>, _ byteOrder: ByteOrder
  ) -> (code: UInt16, value: Range<Int>)? {
    guard position + 4 <= body.count else { return nil }
    let code = byteOrder.word16(body, at: position)
    let start = position + 4
    let end = start + Int(byteOrder.word16(body, at: position + 2))
    guard code != 0, end <= body.count else { return nil }
    position = start + (end - start + 3) / 4 * 4
    return (code, start..<end)
  }
}
