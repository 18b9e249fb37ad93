import Yams

/// What a configuration file says, before anything of it is judged.
struct ConfigurationFile {
  typealias Values = [Setting: SettingValue]

  /// One entry of a list, and where it begins.
  struct Entry {
    var values: Values
    var origin: SettingOrigin
  }

  private(set) var top: Values = [:]
  private(set) var batteries: [Entry] = []
  private(set) var destinations: [Entry] = []
  /// `nil` if there is no such block; an empty one means a recording with the defaults.
  private(set) var recorder: Values?
  private(set) var mistakes: [ConfigurationMistake] = []

  /// A file that says nothing.
  init() {}

  /// Reads `busbar.yaml`; everything that is wrong with it is told, not only the first.
  init(parsing text: String) {
    let yaml = YAMLText(text)
    mistakes = yaml.mistakes
    guard let root = yaml.root, !root.isNothing else { return }
    let keys = ["batteries", "signalk", "recorder"] + Setting.all(in: .top).map(\.details.key)
    guard let section = ConfigurationSection(root, name: "the file", keys: keys, &mistakes) else {
      return
    }
    top = values(of: section, in: .top)
    if let node = section.node("batteries") { readBatteries(node) }
    if let node = section.node("signalk") { readDestinations(node) }
    if let node = section.node("recorder") { readRecorder(node) }
  }

  private mutating func values(of section: ConfigurationSection, in place: Setting.Section)
    -> Values
  {
    var values: Values = [:]
    for setting in Setting.all(in: place) {
      values[setting] = section.value(setting.details.key, &mistakes)
    }
    return values
  }

  private mutating func readRecorder(_ node: Node) {
    recorder = [:]
    let keys = Setting.all(in: .recorder).map(\.details.key)
    guard !node.isNothing,
      let section = ConfigurationSection(node, name: "'recorder'", keys: keys, &mistakes)
    else { return }
    recorder = values(of: section, in: .recorder)
  }

  private mutating func readBatteries(_ node: Node) {
    guard case .sequence(let list) = node else {
      mistakes.append(
        ConfigurationMistake(
          node.mark.origin,
          "'batteries' is a list; begin each battery with '- id: …', indented below it"))
      return
    }
    let keys = Setting.all(in: .battery).map(\.details.key)
    for entry in list {
      guard let section = ConfigurationSection(entry, name: "a battery", keys: keys, &mistakes)
      else { continue }
      batteries.append(Entry(values: values(of: section, in: .battery), origin: section.origin))
    }
  }

  /// One destination or a list of them, each an address or a block.
  private mutating func readDestinations(_ node: Node) {
    guard case .sequence(let list) = node else { return readDestination(node) }
    for entry in list { readDestination(entry) }
  }

  private mutating func readDestination(_ node: Node) {
    if case .scalar(let scalar) = node, !node.isNothing {
      let value = SettingValue(scalar.string, node.mark.origin)
      destinations.append(Entry(values: [.destination: value], origin: value.origin))
      return
    }
    let keys = Setting.all(in: .signalK).map(\.details.key) + ["listen"]
    guard let section = ConfigurationSection(node, name: "'signalk'", keys: keys, &mistakes) else {
      return
    }
    var values = values(of: section, in: .signalK)
    if let listen = section.value("listen", &mistakes) {
      if let other = values[.destination] {
        mistakes.append(
          ConfigurationMistake(
            other.origin, "'to' and 'listen' exclude each other; make two entries of them"))
      }
      values[.destination] = SettingValue("listen:\(listen.text)", listen.origin)
    } else if values[.destination] == nil, section.node("to") == nil {
      mistakes.append(
        ConfigurationMistake(section.origin, "'to' is missing, such as 'to: ws://localhost:3000'"))
      return
    }
    destinations.append(Entry(values: values, origin: section.origin))
  }
}
