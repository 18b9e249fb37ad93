import BatteryModel
import Yams

/// A part of a profile's YAML with what is needed to say where it goes wrong.
struct ProfileNode {
  let node: Node
  let source: String

  func error(_ text: String) -> ProfileError {
    ProfileError(
      source: source, line: node.mark?.line ?? 0, column: node.mark?.column ?? 0, text: text)
  }

  /// The text of a scalar.
  func text() throws(ProfileError) -> String {
    guard let scalar = node.scalar else { throw error("expected a text") }
    return scalar.string
  }

  /// A number in a range.
  func number(_ range: ClosedRange<Double>, unit: String) throws(ProfileError) -> Double {
    let wanted = "expected a number from \(range.lowerBound) to \(range.upperBound) \(unit)"
    guard let text = node.scalar?.string else { throw error(wanted) }
    guard let number = Double(text), range.contains(number) else {
      throw error("'\(text.prefix(40))': \(wanted)")
    }
    return number
  }

  /// `true` or `false`.
  func flag() throws(ProfileError) -> Bool {
    switch node.scalar?.string {
    case "true": return true
    case "false": return false
    default: throw error("expected true or false")
    }
  }

  /// A length of time such as `15m`, in s.
  func duration() throws(ProfileError) -> Double {
    guard let seconds = node.scalar.flatMap({ Fault.seconds($0.string) }) else {
      throw error("expected a length of time such as 60s, 15m, 1h or 2d")
    }
    return seconds
  }

  /// A time of day such as `07:30`, in s after midnight.
  func timeOfDay() throws(ProfileError) -> Double {
    let parts = node.scalar?.string.split(separator: ":").map { Int($0) } ?? []
    guard parts.count == 2, let hours = parts[0], let minutes = parts[1], (0...24).contains(hours),
      (0..<60).contains(minutes), hours < 24 || minutes == 0
    else { throw error("expected a time of day such as \"07:30\", in quotes") }
    return Double(hours * 3600 + minutes * 60)
  }

  /// One word out of several.
  func choice<Value: RawRepresentable<String> & CaseIterable>(
    _ kind: Value.Type
  ) throws(ProfileError) -> Value {
    let word = try text()
    guard let value = Value(rawValue: word) else {
      let names = Value.allCases.map(\.rawValue)
      throw error("'\(word.prefix(40))': expected \(names.joined(separator: ", "))")
    }
    return value
  }

  /// The parts of a list, at most 100.
  func list() throws(ProfileError) -> [ProfileNode] {
    guard let sequence = node.sequence else { throw error("expected a list, each item after '- '") }
    guard sequence.count <= 100 else { throw error("a list of more than 100 items") }
    return sequence.map { ProfileNode(node: $0, source: source) }
  }

  /// The entries of a mapping, each name only once and one of those that are known.
  func entries(
    _ known: [String], foldingCase: Bool = false
  ) throws(ProfileError) -> [(name: String, value: ProfileNode)] {
    guard let mapping = node.mapping else { throw error("expected 'name: value' lines") }
    var entries: [(name: String, value: ProfileNode)] = []
    for (key, value) in mapping {
      let place = ProfileNode(node: key, source: source)
      var name = try place.text()
      if foldingCase { name = name.uppercased() }
      guard known.contains(name) else {
        let advice =
          Spelling.nearest(to: name, among: known).map { "did you mean '\($0)'?" }
          ?? "expected one of \(known.joined(separator: ", "))"
        throw place.error("'\(name.prefix(40))' is not known here; \(advice)")
      }
      guard !entries.contains(where: { $0.name == name }) else {
        throw place.error("'\(name)' stands here twice")
      }
      entries.append((name, ProfileNode(node: value, source: source)))
    }
    return entries
  }
}
