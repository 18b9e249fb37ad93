import BMSDialects
import CANFrames
import DBC

/// One frame in one line, for files that describe no battery.
///
///     2021-04-08T17:00:00.123Z  can0  351  Limits  ChargeVoltageLimit=28.7 V, Mode=2 (boost)
///     -                         -     404  000000
enum FrameLine {
  static func append(_ decoded: DecodedFrame, to text: inout [UInt8]) {
    let time = ColumnText.time(of: decoded.frame)
    var line = ColumnText.left(time.isEmpty ? "-" : time, 26)
    line += ColumnText.left(decoded.bus ?? "-", 6)
    line += ColumnText.left("\(decoded.frame.identifier)", 5)
    if let message = decoded.message {
      line += message.name + "  " + decoded.fields.map(words).joined(separator: ", ")
    } else {
      line += decoded.frame.kind == .remote ? "remote request" : decoded.frame.payloadText
    }
    text.append(contentsOf: (line + "\n").utf8)
  }

  private static func words(_ field: DecodedField) -> String {
    let value = field.value == .notAvailable ? "not available" : ColumnText.text(field.value)
    let unit = field.unit.isEmpty ? "" : " " + field.unit
    return "\(field.key)=\(value)\(unit)" + (field.label.map { " (\($0))" } ?? "")
  }
}
