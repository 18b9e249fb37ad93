/// A few characters that are written often, kept as words.
struct ShortText: Sendable {
  private var words: [UInt64] = []
  let count: Int

  init(_ text: String) {
    let characters = Array(text.utf8)
    count = characters.count
    for start in stride(from: 0, to: characters.count, by: 8) {
      let part = characters[start..<min(start + 8, characters.count)]
      words.append(part.reversed().reduce(0) { $0 << 8 | UInt64($1) })
    }
  }

  /// The text as one word, if it has at most eight characters.
  var word: UInt64? { count <= 8 ? words.first ?? 0 : nil }

  func put(to text: inout TextCursor) {
    var left = count
    for word in words {
      text.put(word, count: min(8, left))
      left -= 8
    }
  }
}
