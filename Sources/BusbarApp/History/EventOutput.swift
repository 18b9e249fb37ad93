import BatteryModel
import CANFrames
package import History

/// Writes events, one a line.
package enum EventOutput {
  /// A line such as `2026-11-22T10:00:00.000Z  can0  Alarm low voltage began`.
  package static func line(_ event: HistoryEvent, isJSON: Bool) -> [UInt8] {
    var text: [UInt8] = []
    let time = UTCTime.text(event.time, .milliseconds)
    if isJSON {
      text += "{\"time\":\"\(time)\",\"bus\":".utf8
      JSONText.append(event.bus, to: &text)
      text += ",\"kind\":\"\(event.kindName)\",\"text\":".utf8
      JSONText.append(event.text, to: &text)
      text.append(UInt8(ascii: "}"))
    } else {
      text += "\(time)  \(ColumnText.left(event.bus.isEmpty ? "-" : event.bus, 8)) ".utf8
      // What a battery calls itself comes from outside.
      text += event.text.onOneLine.utf8
    }
    text.append(UInt8(ascii: "\n"))
    return text
  }
}
