/// What the environment says of a terminal.
package struct TerminalSurroundings: Hashable, Sendable {
  /// Whether it can be drawn on, rather than only be written to line by line.
  package let canDraw: Bool
  /// Whether colours are wanted and there.
  package let hasColour: Bool
  /// Whether more than ASCII may be written.
  package let hasUnicode: Bool

  /// - Parameter environment: The process's environment variables.
  package init(_ environment: [String: String]) {
    let kind = environment["TERM"] ?? ""
    canDraw = !kind.isEmpty && kind != "dumb" && kind != "unknown"
    let isMonochrome =
      ["vt1", "vt2", "vt5"].contains { kind.hasPrefix($0) } || kind.hasSuffix("-m")
      || kind.hasSuffix("-mono")
    hasColour = canDraw && !isMonochrome && (environment["NO_COLOR"] ?? "").isEmpty
    let locale =
      ["LC_ALL", "LC_CTYPE", "LANG"].compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
    let encoding = locale.lowercased()
    hasUnicode = encoding.contains("utf-8") || encoding.contains("utf8")
  }
}
