/// A name of the domain name system, such as `_signalk-ws._tcp.local`.
///
/// Labels are compared without regard to case, and may hold dots and blanks: mDNS puts names for
/// people there.
struct DNSName: Hashable, Sendable {
  /// From the leftmost on; each of 1 to 63 bytes.
  let labels: [String]

  static func == (left: Self, right: Self) -> Bool { left.key == right.key }

  func hash(into hasher: inout Hasher) { hasher.combine(key) }

  private var key: [String] { labels.map { $0.lowercased() } }

  /// Whether the name is another one's child, as an instance is of its service.
  func isBelow(_ parent: Self) -> Bool {
    labels.count > parent.labels.count
      && DNSName(labels: labels.suffix(parent.labels.count)) == parent
  }
}

extension DNSName {
  init(labels: ArraySlice<String>) { self.labels = Array(labels) }

  /// Takes a name apart that has no dots within its labels.
  init(_ text: String) { labels = text.split(separator: ".").map(String.init) }

  /// The name as it goes over the wire, without compression.
  var bytes: [UInt8] {
    labels.flatMap { [UInt8(truncatingIfNeeded: min($0.utf8.count, 63))] + $0.utf8.prefix(63) } + [
      0
    ]
  }
}
