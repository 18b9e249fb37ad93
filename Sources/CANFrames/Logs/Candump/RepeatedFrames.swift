/// Remembers frames by their text, since most of what a BMS says it has said before.
///
/// A table of 64 places, found by the first characters of the text. What is compared is the whole
/// text, so that a hit is exact.
struct RepeatedFrames: Sendable {
  /// The 24 characters from the identifier on: `351#1F01BC02E803E700`, the line feed, and the
  /// beginning of the next line.
  struct Key: Sendable {
    static let count = 24

    let first: UInt64
    let second: UInt64
    let third: UInt64

    /// Loads a key; the caller has made sure that it lies within `text`.
    @unsafe @inline(__always)
    init(_ text: Span<UInt8>, uncheckedAt position: Int) {
      first = unsafe TextWord(text, uncheckedAt: position).bits
      second = unsafe TextWord(text, uncheckedAt: position + 8).bits
      third = unsafe TextWord(text, uncheckedAt: position + 16).bits
    }

    fileprivate init() { (first, second, third) = (0, 0, 0) }

    /// A place from 0 to 63 (Fibonacci hashing).
    fileprivate var place: Int { Int(truncatingIfNeeded: (first &* 0x9E37_79B9_7F4A_7C15) >> 58) }
  }

  /// What a text stands for.
  struct Entry: Sendable {
    fileprivate var key = Key()
    let identifier: CANIdentifier
    let payload: UInt64
    let length: UInt8
    /// How many characters the frame and its line feed have.
    let characters: Int
  }

  private var entries = [64 of Entry](
    repeating: Entry(identifier: .standard(0), payload: 0, length: 0, characters: 0))

  /// The frame that `key` stands for, if it is remembered.
  subscript(key: Key) -> Entry? {
    @inline(__always) get {
      let entry = entries[key.place]
      return entry.key.first == key.first && entry.key.second == key.second
        && entry.key.third == key.third && entry.characters > 0 ? entry : nil
    }
  }

  /// Remembers a frame whose text, with its line feed, lies within the key.
  @inline(__always)
  mutating func remember(_ key: Key, _ frame: CANFrame, characters: Int) {
    guard characters <= Key.count else { return }
    entries[key.place] = Entry(
      key: key, identifier: frame.identifier, payload: frame.payload, length: frame.length,
      characters: characters)
  }
}
