/// The names of the buses that frames came from; a frame carries an index into them.
public struct BusNames: Hashable, Sendable {
  /// The name of each bus; `nil` for frames whose source does not name their bus.
  public private(set) var names: [String?] = []
  private var spellings: [[UInt8]] = []

  /// A source has at most this many buses; the last index stands for all that come after.
  static let limit = 256

  public init(_ names: [String?] = []) {
    for name in names { _ = index(of: Array((name ?? "").utf8).span) }
  }

  /// The name of the bus at `index`, or `nil` if it has none.
  public subscript(index: UInt8) -> String? {
    Int(index) < names.count ? names[Int(index)] : nil
  }

  /// The index of a bus by its name, which is added if it is new; an empty name means "not named".
  mutating func index(of name: Span<UInt8>) -> UInt8 {
    for (index, spelling) in spellings.enumerated() where Self.equal(spelling.span, name) {
      return UInt8(index)
    }
    guard names.count < Self.limit else { return UInt8(Self.limit - 1) }
    var spelling: [UInt8] = []
    for index in name.indices { spelling.append(name[index]) }
    names.append(spelling.isEmpty ? nil : String(decoding: spelling, as: UTF8.self))
    spellings.append(spelling)
    return UInt8(names.count - 1)
  }

  private static func equal(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
    guard left.count == right.count else { return false }
    for index in left.indices where left[index] != right[index] { return false }
    return true
  }
}
