import BatteryModel

extension HistoryEvent {
  /// The kind in one word, for programs: `alarm`, `alarm_end`, `silence`, `restart`, `charge_jump`,
  /// `dialect`, `identity` or `recording`.
  package var kindName: String {
    switch kind {
    case .alarmBegan: "alarm"
    case .alarmEnded: "alarm_end"
    case .silent: "silence"
    case .restarted: "restart"
    case .chargeJumped: "charge_jump"
    case .dialectChanged: "dialect"
    case .identityChanged: "identity"
    case .recorded: "recording"
    }
  }

  /// Every ``kindName``.
  package static let kindNames = [
    "alarm", "alarm_end", "silence", "restart", "charge_jump", "dialect", "identity", "recording",
  ]

  /// The event in words, without its time and bus.
  package var text: String {
    switch kind {
    case .alarmBegan(let quantity): "\(quantity.details.title) began"
    case .alarmEnded(let quantity, let lasted):
      "\(quantity.details.title) ended after \(Self.duration(lasted))"
    case .silent(let duration): "the battery was silent for \(Self.duration(duration))"
    case .restarted(let silence, let before, let after):
      "the BMS started anew after \(Self.duration(silence)): state of charge "
        + "\(Self.percent(before)), then \(Self.percent(after))"
    case .chargeJumped(let before, let after):
      "state of charge jumped from \(Self.percent(before)) to \(Self.percent(after))"
    case .dialectChanged(nil, let new): "the battery speaks \(new)"
    case .dialectChanged(let old?, let new): "the battery speaks \(new), no longer \(old)"
    case .identityChanged(let quantity, nil, let new):
      "\(quantity.details.title): \(new)"
    case .identityChanged(let quantity, let old?, let new):
      "\(quantity.details.title) changed from \(old) to \(new)"
    case .recorded(let text): text
    }
  }

  private static func percent(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(tenths % 10) %"
  }

  /// A duration as people say it: `12.3 s`, `4 min 5 s`, `3 h 12 min`, `2 d 4 h`.
  static func duration(_ nanoseconds: Int64) -> String {
    let tenths = nanoseconds.magnitude / 100_000_000
    let seconds = tenths / 10
    switch seconds {
    case ..<60: return "\(seconds).\(tenths % 10) s"
    case ..<3600: return "\(seconds / 60) min \(seconds % 60) s"
    case ..<86_400: return "\(seconds / 3600) h \(seconds % 3600 / 60) min"
    default: return "\(seconds / 86_400) d \(seconds % 86_400 / 3600) h"
    }
  }
}
