import BatteryModel
import Yams

/// One block of a configuration file while it is read: which keys it has, and which it may have.
struct ConfigurationSection {
  /// The block's values by key, in the order of the file.
  private var entries: [(key: String, value: Node)] = []
  /// Where the block begins.
  let origin: SettingOrigin

  /// Takes over a block and tells of every key that is not known.
  ///
  /// What is no block at all is told of, too, and makes `nil`.
  ///
  /// - Parameters:
  ///   - node: What stands in the file.
  ///   - name: What the block is called in messages, such as `a battery`.
  ///   - keys: The keys that it may have.
  ///   - mistakes: Where mistakes go.
  init?(
    _ node: Node, name: String, keys: [String], _ mistakes: inout [ConfigurationMistake]
  ) {
    origin = node.mark.origin
    guard case .mapping(let mapping) = node else {
      mistakes.append(
        ConfigurationMistake(
          origin,
          "\(name) is a block of keys, such as '\(keys.first ?? "key"): …', "
            + "and not \(Self.kind(of: node))"))
      return nil
    }
    for (key, value) in mapping {
      guard case .scalar(let scalar) = key else {
        mistakes.append(ConfigurationMistake(key.mark.origin, "a key is a word"))
        continue
      }
      if YAMLText.isDuplicate(scalar.string) { continue }
      guard keys.contains(scalar.string) else {
        mistakes.append(
          ConfigurationMistake(
            key.mark.origin, Self.refusal(of: scalar.string, in: name, keys: keys)))
        continue
      }
      entries.append((scalar.string, value))
    }
  }

  /// What stands under a key; `nil` if nothing does.
  func node(_ key: String) -> Node? { entries.first { $0.key == key }?.value }

  /// The text under a key; tells if there is something else than a text.
  func value(_ key: String, _ mistakes: inout [ConfigurationMistake]) -> SettingValue? {
    guard let node = node(key) else { return nil }
    guard case .scalar(let scalar) = node else {
      mistakes.append(
        ConfigurationMistake(
          node.mark.origin, "'\(key)' takes one value, and not \(Self.kind(of: node))"))
      return nil
    }
    guard !node.isNothing else {
      mistakes.append(
        ConfigurationMistake(
          node.mark.origin, "'\(key)' has no value; write one, or leave the line out"))
      return nil
    }
    return SettingValue(scalar.string, node.mark.origin)
  }

  static func kind(of node: Node) -> String {
    switch node {
    case .scalar where node.isNothing: "nothing"
    case .scalar(let scalar): "'\(scalar.string.prefix(40))'"
    case .mapping: "a block of keys"
    case .sequence: "a list"
    case .alias: "an alias"
    }
  }

  private static func refusal(of key: String, in name: String, keys: [String]) -> String {
    let known = "\(name) may have \(keys.joined(separator: ", "))"
    let shown = key.prefix(60)
    guard !keys.isEmpty else { return "unknown key '\(shown)': \(name) has no keys yet" }
    // A key that is written like other programs write theirs is the same key.
    let plain = String(key.lowercased().map { $0 == "-" || $0 == " " ? "_" : $0 })
    if let near = Spelling.nearest(to: plain, among: keys) {
      return "unknown key '\(shown)'; did you mean '\(near)'?"
    }
    return "unknown key '\(shown)'; \(known)"
  }
}

extension Node {
  /// Whether nothing is written: an empty value, `~` or `null`, not in quotes.
  var isNothing: Bool {
    guard case .scalar(let scalar) = self, scalar.style == .plain || scalar.style == .any else {
      return false
    }
    return ["", "~", "null", "Null", "NULL"].contains(scalar.string)
  }
}
