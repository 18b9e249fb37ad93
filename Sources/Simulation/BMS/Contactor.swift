/// The main contactor with its pre-charge, as a REC Q was seen to drive it.
///
///     alarm           7 s later      alarm gone      2 s later     3 s            4 s
///     closed ──────── open ───────── open ────────── pre-charge ── says online ── closed
package struct Contactor: Hashable, Sendable {
  /// From an alarm to the opening: 7 s in four measurements, 8 s in two.
  static let openingDelay = 7
  /// From the end of the alarm: 1 to 3 s were measured.
  static let prechargeDelay = 2
  /// The status says online about a second before the contactor closes.
  static let onlineDelay = 3
  /// From the end of the alarm: 3 to 5 s were measured.
  static let closingDelay = 4

  package private(set) var isClosed: Bool
  package private(set) var isPrecharging = false
  /// What the status on the bus says.
  package private(set) var isOnline: Bool
  /// How long the alarm has lasted, or has been gone, in s.
  private var seconds = 0
  private var wasTripped = false

  /// - Parameter isClosed: Whether it is closed at the beginning; if not, it pre-charges first.
  package init(isClosed: Bool = true) {
    self.isClosed = isClosed
    isOnline = isClosed
  }

  /// Lets a second pass.
  ///
  /// - Parameter isTripped: Whether there is an alarm that opens it.
  mutating func secondPassed(isTripped: Bool) {
    seconds = isTripped == wasTripped ? seconds + 1 : 0
    wasTripped = isTripped
    if isTripped {
      isPrecharging = false
      if seconds >= Self.openingDelay {
        isClosed = false
        isOnline = false
      }
    } else if !isClosed {
      isPrecharging = seconds >= Self.prechargeDelay
      isOnline = seconds >= Self.onlineDelay
      if seconds >= Self.closingDelay {
        isClosed = true
        isPrecharging = false
      }
    }
  }
}
