/// The listing as a file that says the same.
extension ConfigurationListing {
  /// Comments do not begin farther right than this.
  private static let widest = 48

  /// YAML that `busbar run` reads as the same configuration, with each value's origin behind it.
  ///
  /// - Parameter path: The file that was read; `nil` for none.
  /// - Returns: The text, with its last line's end.
  package func text(path: String?) -> String {
    var rows: [Row] = [
      .comment("As 'busbar run' understands it; behind # stands where each value comes from."),
      .comment(path.map { "File: \($0)" } ?? "No file was read."), .comment(nil),
      .plain("batteries:"),
    ]
    for battery in batteries { rows += Self.entry(battery, path) }
    rows.append(.plain("signalk:"))
    for destination in destinations { rows += Self.entry(destination, path) }
    if let recorder {
      rows.append(.plain("recorder:"))
      rows += recorder.map { Self.row($0, indentation: "  ", path) }
    }
    rows += top.map { Self.row($0, indentation: "", path) }
    let width = rows.map(\.width).filter { $0 <= Self.widest }.max() ?? 0
    return rows.map { $0.text(width: width) }.joined()
  }

  /// One line of the text.
  private enum Row {
    case plain(String)
    /// Words, or an empty line.
    case comment(String?)
    case value(String, origin: String)

    /// How many columns stand before the origin.
    var width: Int { if case .value(let text, _) = self { text.count } else { 0 } }

    func text(width: Int) -> String {
      switch self {
      case .plain(let text): "\(text)\n"
      case .comment(let words): words.map { "# \($0)\n" } ?? "\n"
      case .value(let text, let origin):
        text + String(repeating: " ", count: max(0, width - text.count)) + "  # \(origin)\n"
      }
    }
  }

  /// An entry of a list: its first line has the dash.
  private static func entry(_ lines: [Line], _ path: String?) -> [Row] {
    let known = lines.filter { $0.text != nil }
    let unknown = lines.filter { $0.text == nil }
    return known.enumerated().map { index, line in
      row(line, indentation: index == 0 ? "  - " : "    ", path)
    } + unknown.map { row($0, indentation: "    ", path) }
  }

  private static func row(_ line: Line, indentation: String, _ path: String?) -> Row {
    let details = line.setting.details
    guard let text = line.text else {
      let blanks = String(repeating: " ", count: indentation.count)
      let meaning = (details.fallback ?? "none").replacing("none: ", with: "")
      return .plain(
        "\(blanks)# \(details.key) is not set" + (meaning == "none" ? "" : ": \(meaning)"))
    }
    let origin =
      switch line.origin {
      case nil: "default"
      case .nowhere?: path ?? "default"
      case let origin?: origin.text(file: path) ?? "default"
      }
    return .value("\(indentation)\(details.key): \(Self.scalar(text))", origin: origin)
  }

  /// A text as YAML reads it back: in quotes unless it is made of harmless characters.
  private static func scalar(_ text: String) -> String {
    let isPlain =
      text.first.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "/") } ?? false
      && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "/._-".contains($0)) }
    if isPlain { return text }
    let escaped = text.unicodeScalars.map { scalar in
      switch scalar {
      case "\"": "\\\""
      case "\\": "\\\\"
      case _ where scalar.properties.generalCategory == .control:
        "\\u" + String(repeating: "0", count: 4 - String(scalar.value, radix: 16).count)
          + String(scalar.value, radix: 16)
      default: String(scalar)
      }
    }
    return "\"\(escaped.joined())\""
  }
}
