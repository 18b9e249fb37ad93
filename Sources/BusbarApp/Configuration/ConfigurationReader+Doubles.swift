extension ConfigurationReader {
  /// Two of what there may be only one of.
  mutating func refuseDoubles(_ file: ConfigurationFile) {
    var lines: [String: SettingOrigin] = [:]
    for entry in file.batteries {
      guard let id = entry.values[.batteryId] else { continue }
      if let first = lines[id.text], case .file(let line, _) = first {
        refuse(id.origin, "two batteries have the id '\(id.text)', the first in line \(line)")
      }
      lines[id.text] = lines[id.text] ?? id.origin
    }
    var sources: [String: [BatterySettings]] = [:]
    for battery in settings.batteries { sources[battery.source, default: []].append(battery) }
    for (source, batteries) in sources.sorted(by: { $0.key < $1.key }) where batteries.count > 1 {
      // Two dialects on one bus can be told apart by their identifiers; two alike can not.
      let dialects = Set(batteries.map(\.dialect))
      if dialects.count < batteries.count || dialects.contains("auto") || source == "-" {
        refuse(
          .nowhere,
          "\(batteries.map { "'\($0.id)'" }.joined(separator: " and ")) both read "
            + "\(source): give each a source or a dialect of its own")
      }
    }
    let texts = settings.destinations.map(\.text)
    for text in Set(texts).sorted() where texts.count(where: { $0 == text }) > 1 {
      refuse(.nowhere, "the destination '\(text)' stands there twice; keep one")
    }
  }
}
