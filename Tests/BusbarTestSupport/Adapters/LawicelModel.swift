/// An adapter that speaks the LAWICEL protocol, as one of several firmwares does.
package struct LawicelModel: AdapterModel {
  package enum Firmware: String, CaseIterable, Sendable {
    /// LAWICEL's own CAN232: answers every command, stamps, sends only if it is told to.
    case original
    /// An Arduino with an MCP2515: the same without sending on demand; takes a while to boot.
    case arduino
    /// ESP32RET in its LAWICEL mode: ends a version with LF, counts milliseconds in all 16 bits.
    case esp32
    /// CANable: answers nothing but `V`.
    case canable
    /// A build of CANable's firmware that does not name itself.
    case namelessCanable
    /// Answers, and does not know `L`.
    case normalOnly
    /// Does nothing at all.
    case dead
  }

  package let firmware: Firmware
  /// Every command so far, without its end.
  package private(set) var commands: [String] = []
  package private(set) var isOpen = false
  package private(set) var isSilent = false
  package private(set) var stamps = false
  package var flags: UInt8 = 0
  /// So many bytes of what is said first are not heard, as while an Arduino boots.
  package var deafBytes = 0
  /// So many answers to `L` are lost.
  package var lostConfirmations = 0
  private var sendsByItself: Bool
  private var line: [UInt8] = []

  package init(_ firmware: Firmware, isOpen: Bool = false) {
    self.firmware = firmware
    self.isOpen = isOpen
    sendsByItself = firmware != .original
  }

  /// Whether a frame on the bus comes out of the serial line.
  package var passesFrames: Bool { isOpen && sendsByItself }

  package mutating func take(_ bytes: [UInt8]) -> [UInt8] {
    guard firmware != .dead else { return [] }
    var answer: [UInt8] = []
    for byte in bytes {
      if deafBytes > 0 {
        deafBytes -= 1
      } else if byte == 0x0D {
        let command = String(decoding: line, as: UTF8.self)
        line.removeAll()
        commands.append(command)
        answer += Array(run(command).utf8)
      } else {
        line.append(byte)
      }
    }
    return answer
  }

  private mutating func run(_ command: String) -> String {
    switch firmware {
    case .canable, .namelessCanable: runCanable(command)
    default: runLawicel(command)
    }
  }

  private mutating func runCanable(_ command: String) -> String {
    switch command.first {
    case "O": isOpen = true
    case "C": isOpen = false
    case "M": if !isOpen { isSilent = command == "M1" }
    case "V":
      return firmware == .canable
        ? "b158aa7 github.com/normaldotcom/canable-fw.git\r" : "b158aa7 gitlab.lan/can.git\r"
    default: break
    }
    return ""
  }

  private mutating func runLawicel(_ command: String) -> String {
    let (yes, no) = ("\r", "\u{7}")
    switch command.first {
    case "C":
      let wasOpen = isOpen
      isOpen = false
      return wasOpen || firmware == .esp32 ? yes : no
    case "O", "L":
      guard !isOpen, command == "O" || firmware != .normalOnly else { return no }
      isOpen = true
      isSilent = command == "L"
      guard lostConfirmations == 0 else {
        lostConfirmations -= 1
        return ""
      }
      return yes
    case "S": return isOpen || !"012345678".contains(command.dropFirst()) ? no : yes
    case "X":
      guard firmware == .original, !isOpen else { return firmware == .esp32 ? yes : no }
      sendsByItself = command == "X1"
      return yes
    case "Z":
      guard !isOpen, firmware != .normalOnly else { return no }
      stamps = command == "Z1"
      return yes
    case "V": return firmware == .esp32 ? "V1013\n" : "V1013\r"
    case "N": return firmware == .esp32 ? "ESP32RET\n" : "NA123\r"
    case "F":
      guard isOpen else { return no }
      defer { flags = 0 }
      let digits = String(flags, radix: 16, uppercase: true)
      return "F" + (digits.count == 1 ? "0" : "") + digits + "\r"
    default: return no
    }
  }
}
