/// Every key, flag and variable, as `docs/configuration.md` and `busbar config reference` have them.
package enum ConfigurationReference {
  /// Tables in Markdown, one for each place of the file.
  package static var markdown: String {
    """
    \(table(of: .top, title: "The file itself"))
    \(table(of: .battery, title: "Each entry of `batteries`"))
    \(table(of: .signalK, title: "`signalk`: an address, a block, or a list of them"))
    \(table(of: .recorder, title: "`recorder`"))
    """
  }

  private static func table(of section: Setting.Section, title: String) -> String {
    let rows = Setting.all(in: section).map { setting in
      let details = setting.details
      return
        "| `\(details.key)` | `\(details.flag)` | `\(details.variable)` | \(details.meaning) | "
        + "\(details.fallback ?? "must be set") | `\(details.example)` |"
    }
    return """
      ### \(title)

      | Key | Flag | Variable | What it is | Default | Example |
      | --- | --- | --- | --- | --- | --- |
      \(rows.joined(separator: "\n"))

      """
  }
}
