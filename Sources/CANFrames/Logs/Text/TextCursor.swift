/// A place in memory where text is written, eight characters at a time.
///
/// A word is always stored whole, and the place moves on by as many of its characters as count; what
/// was stored past them is overwritten next. Every store is checked to lie within the memory.
@safe
struct TextCursor {
  /// How many bytes past the text a store may reach.
  static let slack = 8

  private var next: UnsafeMutablePointer<UInt8>
  private let last: UnsafeMutablePointer<UInt8>

  fileprivate init(_ memory: UnsafeMutableBufferPointer<UInt8>) {
    guard let start = memory.baseAddress, memory.count >= Self.slack else {
      preconditionFailure("no room for text")
    }
    unsafe next = start
    unsafe last = start + (memory.count - Self.slack)
  }

  /// How many characters were written into memory that starts at `start`.
  fileprivate func count(from start: UnsafeMutablePointer<UInt8>?) -> Int {
    unsafe start.map { unsafe next - $0 } ?? 0
  }

  /// Appends the first `count` characters of a word, the lowest byte first; at most eight.
  @inline(__always)
  mutating func put(_ word: UInt64, count: Int) {
    precondition(
      unsafe next <= last && UInt(bitPattern: count) <= 8, "text is longer than its room")
    unsafe UnsafeMutableRawPointer(next).storeBytes(of: word.littleEndian, as: UInt64.self)
    unsafe next += count
  }

  /// Appends one character.
  @inline(__always)
  mutating func put(_ character: UInt8) { put(UInt64(character), count: 1) }

  /// Appends ASCII text; for short constants and names, not for loops.
  mutating func put(_ text: String) { for character in text.utf8 { put(character) } }
}

extension [UInt8] {
  /// Appends what `body` writes, without a check for each character.
  ///
  /// - Parameters:
  ///   - limit: The most characters that `body` may write; it traps beyond.
  ///   - body: Writes the text.
  @inline(__always)
  mutating func appendText(atMost limit: Int, _ body: (inout TextCursor) -> Void) {
    append(addingCapacity: limit + TextCursor.slack) { span in
      unsafe span.withUnsafeMutableBufferPointer { memory, count in
        // A copy, so that the loop keeps it in registers.
        var cursor = unsafe TextCursor(memory)
        body(&cursor)
        count = unsafe cursor.count(from: memory.baseAddress)
      }
    }
  }
}
