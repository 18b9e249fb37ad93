import Yams

/// A YAML text made ready for ``ConfigurationReader``: bounded in size, depth and time.
///
/// Aliases multiply what they stand for, so that a few lines can mean gigabytes; a configuration has
/// no use for them, and they are refused. So are texts that are too long, nested too deep, or hold
/// more than one document. A key that stands twice is a mistake that hides no other.
struct YAMLText {
  /// No configuration for people is longer, in bytes.
  static let longest = 262_144
  /// More than these are not even tried: an alias is written with one.
  private static let mostAsterisks = 16
  private static let mostDuplicates = 8

  /// The top of the tree; `nil` for an empty text, or one that is not YAML.
  private(set) var root: Node?
  private(set) var mistakes: [ConfigurationMistake] = []
  private var text: String

  init(_ text: String) {
    self.text = Self.withoutComments(text)
    guard self.text.utf8.count(where: { $0 == UInt8(ascii: "*") }) <= Self.mostAsterisks else {
      mistakes.append(
        ConfigurationMistake(.nowhere, "too many '*': aliases are not used here; write values out"))
      return
    }
    read()
  }

  /// Whether a key stands for one that was there twice, and has been told of.
  static func isDuplicate(_ key: String) -> Bool {
    key.unicodeScalars.first.map { (0xE000...0xE0FF).contains($0.value) } ?? false
  }

  private mutating func read() {
    for round in 0...Self.mostDuplicates {
      do {
        let parser = try Parser(yaml: text, encoding: .utf8)
        // A node refers weakly to its anchor, which lives as long as the parser.
        try withExtendedLifetime(parser) {
          root = try parser.singleRoot()
          if let root { refuseAnchors(in: root) }
        }
        return
      } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
        guard let key = keys.first,
          let place = renameSecond(key, after: context.mark, round: round)
        else {
          mistakes.append(mistake(context.mark, "'\(keys.first ?? "?")' stands there twice"))
          return
        }
        mistakes.append(
          ConfigurationMistake(
            place, "'\(key)' stands there twice, first in line \(context.mark.line); keep one"))
      } catch {
        mistakes.append(Self.mistake(error))
        return
      }
    }
    mistakes.append(ConfigurationMistake(.nowhere, "more keys stand there twice"))
  }

  /// Replaces the next occurrence of a key of a block by one that is nobody's, of the same length,
  /// so that reading can go on; returns where it was.
  private mutating func renameSecond(_ key: String, after mark: Mark, round: Int) -> SettingOrigin?
  {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard let filler = Unicode.Scalar(0xE000 + UInt32(round)), !key.isEmpty else { return nil }
    for index in lines.indices.dropFirst(mark.line) {
      let scalars = Array(lines[index].unicodeScalars)
      let start = mark.column - 1
      let end = start + key.unicodeScalars.count
      guard scalars.count > end, scalars[start..<end].elementsEqual(key.unicodeScalars),
        scalars[end] == ":", scalars[..<start].allSatisfy({ $0 == " " || $0 == "-" })
      else { continue }
      var changed = String.UnicodeScalarView(scalars)
      changed.replaceSubrange(
        changed.index(
          changed.startIndex, offsetBy: start)..<changed.index(
            changed.startIndex, offsetBy: end),
        with: Array(repeating: filler, count: end - start))
      lines[index] = String(changed)
      text = lines.joined(separator: "\n")
      return .file(line: index + 1, column: mark.column)
    }
    return nil
  }

  private mutating func refuseAnchors(in node: Node) {
    guard node.anchor == nil else {
      mistakes.append(mistake(node.mark, "anchors and aliases are not used here; write values out"))
      return
    }
    switch node {
    case .mapping(let mapping):
      for (key, value) in mapping {
        refuseAnchors(in: key)
        refuseAnchors(in: value)
      }
    case .sequence(let sequence): for entry in sequence { refuseAnchors(in: entry) }
    case .scalar, .alias: break
    }
  }

  private func mistake(_ mark: Mark?, _ message: String) -> ConfigurationMistake {
    ConfigurationMistake(mark.origin, message)
  }

  /// The same lines with nothing on those that are comments.
  ///
  /// The numbers of lines stay; stars and brackets in comments are not looked at.
  private static func withoutComments(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.first { $0 != " " && $0 != "\t" } == "#" ? "" : line
    }.joined(separator: "\n")
  }

  private static func mistake(_ error: any Error) -> ConfigurationMistake {
    switch error {
    case YamlError.scanner(_, let problem, let mark, _),
      YamlError.parser(_, let problem, let mark, _),
      YamlError.composer(_, let problem, let mark, _):
      ConfigurationMistake(Optional(mark).origin, "not YAML: \(advice(problem))")
    case YamlError.reader(let problem, _, _, _):
      ConfigurationMistake(.nowhere, "not YAML: \(problem)")
    default:
      ConfigurationMistake(.nowhere, "not YAML")
    }
  }

  private static func advice(_ problem: String) -> String {
    if problem.contains("start any token") {
      return "a tab or a special character here; indent with blanks, put special texts in quotes"
    }
    if problem.contains("nesting") { return "nested too deep" }
    if problem.contains("another document") {
      return "a second document begins here; one is enough"
    }
    return problem
  }
}

extension Mark? {
  /// The place, as mistakes have it.
  var origin: SettingOrigin {
    map { .file(line: $0.line, column: $0.column) } ?? .nowhere
  }
}
