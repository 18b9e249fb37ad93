/// The buses of a log that numbers them: number 0 is `can0`, as the tools of can-utils have it.
struct NumberedBuses: Sendable {
  private var indices = [UInt8?](repeating: nil, count: 256)

  /// The index of a bus by its number, which is added if it is new.
  mutating func index(of number: UInt8, _ buses: inout BusNames) -> UInt8 {
    if let index = indices[Int(number)] { return index }
    let name = Array("can\(number)".utf8)
    let index = buses.index(of: name.span)
    indices[Int(number)] = index
    return index
  }

  /// The name of an unnamed bus: also an index.
  static func unnamed(_ buses: inout BusNames) -> UInt8 {
    let nothing: [UInt8] = []
    return buses.index(of: nothing.span)
  }
}
