package import BMSDialects
import BatteryModel
package import CANFrames
import DBC

/// One JSON object a line for each frame.
///
///     {"time":"2021-04-08T17:00:00.123456Z","bus":"can0","id":"351","message":"Limits","values":{"charge_voltage_limit":28.7}}
///     {"time":null,"bus":null,"id":"404","message":null,"data":"000000"}
///     {"time":null,"bus":null,"id":"356","message":null,"remote":true,"length":6}
package struct JSONOutput: DecodeOutput {
  package let needsLookAhead = false
  package let canBeginAgain = true

  package init() {}

  package mutating func begin(
    _ dialect: Dialect?, expecting identifiers: [CANIdentifier], to text: inout [UInt8]
  ) {}

  package mutating func write(_ decoded: DecodedFrame, to text: inout [UInt8]) {
    text.append(contentsOf: "{\"time\":".utf8)
    if let time = decoded.frame.absoluteTime {
      text.append(UInt8(ascii: "\""))
      UTCTime.append(time, to: &text)
      text.append(UInt8(ascii: "\""))
    } else {
      text.append(contentsOf: "null".utf8)
    }
    text.append(contentsOf: ",\"bus\":".utf8)
    if let bus = decoded.bus {
      JSONText.append(bus, to: &text)
    } else {
      text.append(contentsOf: "null".utf8)
    }
    text.append(contentsOf: ",\"id\":\"".utf8)
    text.append(contentsOf: decoded.frame.identifier.description.utf8)
    text.append(contentsOf: "\",".utf8)
    if decoded.frame.isSent { text.append(contentsOf: "\"sent\":true,".utf8) }
    text.append(contentsOf: "\"message\":".utf8)
    if let message = decoded.message {
      JSONText.append(message.name, to: &text)
      text.append(contentsOf: ",\"values\":{".utf8)
      appendValues(decoded.fields, to: &text)
      text.append(contentsOf: "}}\n".utf8)
    } else if decoded.frame.kind == .remote {
      // It asks for so many bytes and has none.
      text.append(contentsOf: "null,\"remote\":true,\"length\":\(decoded.frame.length)}\n".utf8)
    } else {
      text.append(contentsOf: "null,\"data\":\"".utf8)
      decoded.frame.appendPayloadHex(to: &text)
      text.append(contentsOf: "\"}\n".utf8)
    }
  }

  package mutating func end(to text: inout [UInt8]) {}

  private func appendValues(_ fields: [DecodedField], to text: inout [UInt8]) {
    for (index, field) in fields.enumerated() {
      if index > 0 { text.append(UInt8(ascii: ",")) }
      JSONText.append(field.key, to: &text)
      text.append(UInt8(ascii: ":"))
      switch field.value {
      case .number(let number): number.append(to: &text)
      case .real(let number): JSONText.append(number, to: &text)
      case .text(let value): JSONText.append(value, to: &text)
      case .flag(let flag): text.append(contentsOf: (flag ? "true" : "false").utf8)
      case .alarm(let state): JSONText.append(state.rawValue, to: &text)
      case .notAvailable: text.append(contentsOf: "null".utf8)
      }
    }
  }
}
