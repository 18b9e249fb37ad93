import Foundation
import Testing

@testable import BusbarApp

/// Holds a picture against the one in `Screens/`: its text, and below it how each character looks.
enum ScreenSnapshot {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Screens")

  /// Compares, or with `RECORD_SNAPSHOTS=1` writes anew and fails.
  static func check(_ lines: [ScreenLine], _ name: String, _ columns: Int, _ rows: Int) throws {
    #expect(lines.count == rows)
    for line in lines { #expect(line.width <= columns, "'\(line.text)'") }
    let file = folder.appending(path: "\(name)-\(columns)x\(rows).txt")
    let text = text(lines)
    if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] != nil {
      try text.write(to: file, atomically: true, encoding: .utf8)
      Issue.record("\(file.lastPathComponent) was written anew")
      return
    }
    let expected = try String(contentsOf: file, encoding: .utf8)
    #expect(text == expected, "\(file.lastPathComponent)")
  }

  /// The text of a recorded picture, without its looks.
  static func picture(_ name: String, _ columns: Int, _ rows: Int) throws -> String {
    let file = folder.appending(path: "\(name)-\(columns)x\(rows).txt")
    let lines = try String(contentsOf: file, encoding: .utf8).split(
      separator: "\n", omittingEmptySubsequences: false)
    return lines.prefix(rows).joined(separator: "\n")
  }

  static func readme() throws -> String {
    var root = URL(filePath: #filePath)
    for _ in 0..<4 { root.deleteLastPathComponent() }
    return try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
  }

  private static func text(_ lines: [ScreenLine]) -> String {
    let texts = lines.map { trimmed($0.text) }
    let looks = lines.map { line in
      trimmed(
        line.runs.map { run in
          String(repeating: letter(run.style), count: run.text.unicodeScalars.count)
        }.joined())
    }
    return (texts + ["---- looks"] + looks).joined(separator: "\n") + "\n"
  }

  private static func trimmed(_ text: String) -> String {
    String(text.reversed().drop { $0 == " " }.reversed())
  }

  /// One letter for each look; a blank is plain.
  private static func letter(_ style: ScreenStyle) -> String {
    switch style {
    case .plain: " "
    case .bold: "b"
    case .dim: "d"
    case .reversed: "r"
    case .alarm: "A"
    case .warning: "W"
    case .doubtful: "m"
    case .changed: "c"
    case ScreenStyle(isBold: true, isReversed: true): "T"
    case ScreenStyle(isBold: true, colour: .cyan): "h"
    case ScreenStyle(colour: .green): "g"
    default: "x"
    }
  }
}
