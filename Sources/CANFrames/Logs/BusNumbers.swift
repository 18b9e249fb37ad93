/// The numbers that buses get in a format that has no names for them.
///
/// `can0` is number 0; a bus of another name, or of none, gets the lowest number that is free.
struct BusNumbers: Sendable {
  /// A bus's number, and whether a reader finds the bus's name by it.
  struct Entry: Sendable {
    let number: Int
    let keepsName: Bool
  }

  private(set) var entries: [Entry] = []
  private var isTaken: Set<Int> = []
  /// Numbers that a name asks for, which no other bus gets.
  private var reserved: Set<Int> = []

  /// Gives numbers to the buses that have none yet.
  ///
  /// - Returns: Whether there was one.
  @discardableResult
  mutating func assign(_ buses: BusNames, including last: UInt8) -> Bool {
    let count = max(buses.names.count, Int(last) + 1)
    guard entries.count < count else { return false }
    let new = entries.count..<count
    let names = new.map { buses[UInt8(truncatingIfNeeded: $0)] }
    for name in names { if let number = Self.number(in: name) { reserved.insert(number) } }
    for name in names {
      let own = Self.number(in: name)
      let number = own.flatMap { isTaken.contains($0) ? nil : $0 } ?? lowestFree()
      isTaken.insert(number)
      entries.append(Entry(number: number, keepsName: name == nil || number == own))
    }
    return true
  }

  /// The entry of the bus at `index`, which was assigned.
  subscript(index: UInt8) -> Entry { entries[Int(index)] }

  /// Counts the frames whose bus a reader cannot name again.
  func countLostNames(_ frames: ArraySlice<CANFrame>, in omissions: inout LogOmissions) {
    guard entries.contains(where: { !$0.keepsName }) else { return }
    for frame in frames where !self[frame.bus].keepsName { omissions.add(.busNames) }
  }

  private func lowestFree() -> Int {
    var number = 0
    while isTaken.contains(number) || reserved.contains(number) { number += 1 }
    return number
  }

  /// 12 of `can12`; `nil` for any other name.
  private static func number(in name: String?) -> Int? {
    guard let name, name.hasPrefix("can"), let number = UInt8(name.dropFirst(3)),
      name == "can\(number)"
    else { return nil }
    return Int(number)
  }
}
