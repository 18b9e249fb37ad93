/// The names of buses as candump prints them, which has one for every bus.
struct InterfaceNames: Sendable {
  /// A bus's name, and what is lost by it.
  struct Entry: Sendable {
    let name: String
    let omission: LogOmissions.Subject?
  }

  private(set) var entries: [Entry] = []
  /// How many characters the longest name has.
  private(set) var longest = 0

  /// Names the buses that have none yet.
  ///
  /// - Returns: Whether there was one.
  mutating func assign(_ buses: BusNames, including last: UInt8) -> Bool {
    let count = max(buses.names.count, Int(last) + 1)
    guard entries.count < count else { return false }
    for index in entries.count..<count {
      let name = buses[UInt8(truncatingIfNeeded: index)]
      if let name, Self.isReadable(name) {
        entries.append(Entry(name: name, omission: nil))
      } else {
        let omission: LogOmissions.Subject = name == nil ? .unnamedBuses : .busNames
        entries.append(Entry(name: lowestFree(buses), omission: omission))
      }
    }
    longest = entries.reduce(0) { max($0, $1.name.utf8.count) }
    return true
  }

  private func lowestFree(_ buses: BusNames) -> String {
    var number = 0
    let taken = Set(buses.names.compactMap { $0 } + entries.map(\.name))
    while taken.contains("can\(number)") { number += 1 }
    return "can\(number)"
  }

  /// Whether a name is an interface's: at most 15 characters, none of which a reader stumbles over.
  private static func isReadable(_ name: String) -> Bool {
    let characters = Array(name.utf8)
    guard (2...15).contains(characters.count), LineScanner.isLetter(characters[0]),
      !(characters.count == 2 && characters[1] == UInt8(ascii: "X"))
    else { return false }
    return characters.allSatisfy {
      (0x21..<0x7F).contains($0) && ![0x23, 0x27, 0x28, 0x29, 0x5B, 0x7B].contains($0)
    }
  }
}
