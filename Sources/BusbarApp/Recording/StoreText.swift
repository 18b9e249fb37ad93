import CANFrames
package import FrameStore

/// What a store tells, for people.
package enum StoreText {
  /// `busbar store info`.
  package static func info(_ info: StoreInfo, path: String) -> String {
    var lines = [path]
    func add(_ title: String, _ text: String) {
      lines.append("  " + ColumnText.left(title, 16) + text)
    }
    if let times = info.times {
      add("first", UTCTime.text(times.lowerBound))
      add("last", UTCTime.text(times.upperBound))
      add("span", duration(times.upperBound - times.lowerBound))
    }
    add("frames", "\(info.frameCount) (\(info.unsealedCount) of them not in a final block yet)")
    add("events", "\(info.eventCount)")
    add("blocks", "\(info.blockCount)")
    let each = info.bytesPerFrame.map { ", \(decimal($0, 2)) bytes a frame" } ?? ""
    add("size", bytes(Double(info.usedBytes)) + each)
    if let grown = info.grownPerDay { add("growth", "\(bytes(grown)) a day") }
    if let written = info.writtenPerDay {
      add("written", "\(bytes(written)) a day (the card's wear)")
    } else {
      add("written", "not known yet: recording has not run for an hour")
    }
    if let free = info.freeBytes {
      let days = info.daysLeft.map { ", room for \(decimal($0, 0)) days of recording" } ?? ""
      add("free on disk", bytes(Double(free)) + days)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// `busbar store verify`.
  package static func verification(_ found: StoreVerification, path: String) -> String {
    var lines = [
      "\(path): \(found.frameCount) frames and \(found.eventCount) events "
        + "in \(found.blockCount) blocks"
    ]
    for stretch in found.complete {
      lines.append(
        "complete  \(UTCTime.text(stretch.lowerBound)) to \(UTCTime.text(stretch.upperBound))"
          + "  (\(duration(stretch.upperBound - stretch.lowerBound)))")
    }
    for gap in found.gaps {
      lines.append(
        "gap       \(UTCTime.text(gap.from)) to \(UTCTime.text(gap.until))"
          + "  (\(duration(gap.until - gap.from)))  \(gap.cause)")
    }
    for fault in found.faults { lines.append("fault     \(fault)") }
    lines.append(
      found.isIntact
        ? "intact: every block has its checksum, and the chain from block to block is whole"
        : "not intact: \(found.faults.count) fault\(found.faults.count == 1 ? "" : "s"); "
          + "everything else can be read")
    return lines.joined(separator: "\n") + "\n"
  }

  /// A length of time, in the two units that say most.
  static func duration(_ nanoseconds: Int64) -> String {
    let seconds = Double(nanoseconds) / 1e9
    let whole = Int(seconds.magnitude)
    let sign = nanoseconds < 0 ? "-" : ""
    switch whole {
    case ..<60: return "\(decimal(seconds, 3)) s"
    case ..<3600: return "\(sign)\(whole / 60) min \(whole % 60) s"
    case ..<86_400: return "\(sign)\(whole / 3600) h \(whole % 3600 / 60) min"
    default: return "\(sign)\(whole / 86_400) d \(whole % 86_400 / 3600) h"
    }
  }

  static func bytes(_ count: Double) -> String {
    switch count.magnitude {
    case ..<1e3: "\(decimal(count, 0)) bytes"
    case ..<1e6: "\(decimal(count / 1e3, 1)) kB"
    case ..<1e9: "\(decimal(count / 1e6, 1)) MB"
    default: "\(decimal(count / 1e9, 2)) GB"
    }
  }

  /// A number with so many decimal places.
  package static func decimal(_ number: Double, _ places: Int) -> String {
    guard number.isFinite, number.magnitude < 1e15 else { return "\(number)" }
    var scale = 1.0
    for _ in 0..<places { scale *= 10 }
    let rounded = Int((number.magnitude * scale).rounded())
    let whole = "\(number < 0 && rounded > 0 ? "-" : "")\(rounded / Int(scale))"
    guard places > 0 else { return whole }
    let fraction = String(rounded % Int(scale) + Int(scale)).dropFirst()
    return whole + "." + fraction
  }
}
