/// Counts what an adapter sent that is no classic frame, and decides when to tell.
///
/// Told are the first, the tenth, the hundredth and so on, and what is left at the end: an adapter
/// that is broken for a year fills no log.
struct RejectionCounter: Hashable, Sendable {
  private(set) var rejected = 0
  private(set) var flexible = 0
  private var excerpt = ""
  private var toldRejected = 0
  private var toldFlexible = 0

  /// Counts a piece that is no frame; returns what to tell, if anything.
  mutating func reject(_ bytes: some Sequence<UInt8>) -> SourceRemark.Kind? {
    rejected += 1
    excerpt = Self.excerpt(bytes)
    guard Self.isRound(rejected) else { return nil }
    toldRejected = rejected
    return .rejected(count: rejected, excerpt: excerpt)
  }

  /// Counts a CAN FD frame; returns what to tell, if anything.
  mutating func rejectFlexible() -> SourceRemark.Kind? {
    flexible += 1
    guard Self.isRound(flexible) else { return nil }
    toldFlexible = flexible
    return .flexibleDataRate(count: flexible)
  }

  /// What was counted and not told; call at the end.
  var untold: [SourceRemark.Kind] {
    (rejected > toldRejected ? [.rejected(count: rejected, excerpt: excerpt)] : [])
      + (flexible > toldFlexible ? [.flexibleDataRate(count: flexible)] : [])
  }

  private static func isRound(_ count: Int) -> Bool {
    var power = 1
    while power < count { power *= 10 }
    return power == count
  }

  /// At most 40 bytes, printable.
  static func excerpt(_ bytes: some Sequence<UInt8>) -> String {
    var text = ""
    for byte in bytes.prefix(40) {
      text.unicodeScalars.append((0x20..<0x7F).contains(byte) ? Unicode.Scalar(byte) : "?")
    }
    return text
  }
}
