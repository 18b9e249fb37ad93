/// The lines of a log that are no frames, counted by reason, with the first of each kept.
///
/// A log may hold millions of them; what is kept is bounded by the number of reasons.
public struct RejectionTally: Hashable, Sendable {
  /// All lines that were rejected for one reason.
  public struct Entry: Hashable, Sendable {
    public var reason: LineRejection.Reason
    public var count: Int
    /// The first of them, both counted from 1.
    public var line: Int
    public var column: Int
    /// The first of them as text: printable ASCII, at most 40 characters; of a binary record, its
    /// first bytes in hex.
    public var excerpt: String
    /// Where the record begins in a binary file, in bytes from 0; `nil` for a line of text.
    ///
    /// In a binary file ``line`` is the number of the record.
    public var offset: Int?
  }

  /// One entry for each reason that occurred, in order of first occurrence.
  public private(set) var entries: [Entry] = []

  public init() {}

  /// How many lines were rejected in all.
  public var count: Int { entries.reduce(0) { $0 + $1.count } }

  /// Counts one line.
  mutating func add(_ rejection: LineRejection, line: Int, text: Span<UInt8>) {
    if let index = entries.firstIndex(where: { $0.reason == rejection.reason }) {
      entries[index].count += 1
    } else {
      entries.append(
        Entry(
          reason: rejection.reason, count: 1, line: line, column: rejection.column,
          excerpt: Self.excerpt(of: text)))
    }
  }

  /// Counts one record of a binary file.
  ///
  /// - Parameters:
  ///   - reason: What is wrong with it.
  ///   - record: Its number, from 1.
  ///   - offset: Where it begins in the file, in bytes from 0.
  ///   - bytes: The record, or what is there of it.
  package mutating func add(
    _ reason: LineRejection.Reason, record: Int, offset: Int, bytes: Span<UInt8>
  ) {
    if let index = entries.firstIndex(where: { $0.reason == reason }) {
      entries[index].count += 1
    } else {
      entries.append(
        Entry(
          reason: reason, count: 1, line: record, column: 1, excerpt: Self.hexExcerpt(of: bytes),
          offset: offset))
    }
  }

  /// Appends what was rejected in a later part of the log, in which lines are counted from 1 again.
  public mutating func append(_ later: RejectionTally, linesBefore: Int) {
    for var entry in later.entries {
      entry.line += linesBefore
      if let index = entries.firstIndex(where: { $0.reason == entry.reason }) {
        entries[index].count += entry.count
      } else {
        entries.append(entry)
      }
    }
  }

  /// The first twelve bytes in hex.
  private static func hexExcerpt(of bytes: Span<UInt8>) -> String {
    var digits: [String] = []
    for index in 0..<min(bytes.count, 12) {
      let number = String(bytes[index], radix: 16, uppercase: true)
      digits.append(number.utf8.count == 1 ? "0" + number : number)
    }
    return digits.joined(separator: " ") + (bytes.count > 12 ? " ..." : "")
  }

  /// The beginning of a line without its indentation, fit for a terminal.
  private static func excerpt(of text: Span<UInt8>) -> String {
    var start = 0
    while start < text.count, text[start] <= UInt8(ascii: " ") { start += 1 }
    var shown = ""
    for index in start..<min(text.count, start + 40) {
      let byte = text[index]
      shown.unicodeScalars.append(
        (0x20..<0x7F).contains(byte) ? Unicode.Scalar(byte) : Unicode.Scalar(UInt8(ascii: "?")))
    }
    return text.count - start > 40 ? shown + "..." : shown
  }
}
