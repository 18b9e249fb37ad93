/// A socketcand server with one bus.
package struct SocketcandModel: AdapterModel {
  package let bus: String
  /// Every command so far, as it came.
  package private(set) var commands: [String] = []
  package private(set) var isRaw = false
  /// Whether it still answers; one that hangs keeps its connection.
  package var answers = true
  private var pending = ""
  private var isOpen = false

  package init(bus: String = "can0") { self.bus = bus }

  package var greeting: [UInt8] { answers ? Array("< hi >".utf8) : [] }

  package mutating func take(_ bytes: [UInt8]) -> [UInt8] {
    guard answers else { return [] }
    pending += String(decoding: bytes, as: UTF8.self)
    var answer = ""
    while let end = pending.firstIndex(of: ">") {
      let command = String(pending[...end])
      pending = String(pending[pending.index(after: end)...])
      commands.append(command)
      answer += run(command)
    }
    return Array(answer.utf8)
  }

  private mutating func run(_ command: String) -> String {
    switch command {
    case "< open \(bus) >":
      isOpen = true
      return "< ok >"
    case "< rawmode >" where isOpen:
      isRaw = true
      return "< ok >"
    case "< echo >": return "< echo >"
    case let other where other.hasPrefix("< open "): return "< error could not open bus >"
    default: return "< error unknown command >"
    }
  }
}
