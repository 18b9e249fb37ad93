import CANInterfaces
import Glibc

/// The picture on a terminal, and what the user has chosen to see.
struct MonitorPicture: ~Copyable {
  private var terminal: TerminalDevice
  private var writer: ScreenWriter
  private var controls = MonitorControls()
  private let surroundings: TerminalSurroundings
  private let secondsEastOfUTC: Int
  /// What was known when the user paused, or the source ended, and when that was.
  private var still: (model: MonitorModel, now: Int64)?
  /// When the last picture was drawn, on the monotonic clock.
  private(set) var lastDrawn = Int64.min / 2

  init(
    _ terminal: consuming TerminalDevice, _ surroundings: TerminalSurroundings,
    secondsEastOfUTC: Int
  ) {
    self.terminal = terminal
    self.surroundings = surroundings
    self.secondsEastOfUTC = secondsEastOfUTC
    writer = ScreenWriter(hasColour: surroundings.hasColour)
  }

  var keyboard: CInt { terminal.keyboard }

  mutating func open() throws(TerminalGone) { try terminal.take() }

  /// Leaves the terminal as it was found.
  mutating func close() { terminal.release() }

  /// Stops as Ctrl-Z does, with the terminal as it was found; returns after `fg`.
  mutating func suspend() throws(TerminalGone) {
    terminal.release()
    TerminalSignals.stopProcess()
    try resume()
  }

  /// Takes the terminal (again) and draws everything anew, since it may have another size now.
  mutating func resume() throws(TerminalGone) {
    try terminal.take()
    writer.forget()
    lastDrawn = .min / 2
  }

  func readKeys() throws(TerminalGone) -> [UInt8] { try terminal.readKeys() }

  /// Does what keys say.
  mutating func take(_ keys: [MonitorKey], _ model: MonitorModel) -> MonitorControls.Outcome {
    for key in keys {
      let wasPaused = controls.isPaused
      let shown = still?.model ?? model
      let rows = shown.rows(matching: controls.filter).map(\.key)
      switch controls.take(key, rows: rows, buses: shown.batteryBuses) {
      case .quit: return .quit
      case .redraw: writer.forget()
      case .shown: break
      }
      if controls.isPaused != wasPaused {
        still = controls.isPaused ? (model, time(of: model)) : nil
      }
    }
    return .shown
  }

  mutating func draw(_ model: MonitorModel) throws(TerminalGone) {
    lastDrawn = SystemClock.monotonic
    let now = time(of: model)
    let size = terminal.size
    let appearance = ScreenAppearance(
      columns: size.columns, rows: size.rows, hasUnicode: surroundings.hasUnicode,
      secondsEastOfUTC: secondsEastOfUTC)
    let missed = still.map { model.health.frameCount - $0.model.health.frameCount }
    let lines = MonitorScreen.lines(
      still?.model ?? model, controls, appearance, now: still?.now ?? now, missedFrames: missed)
    let bytes = writer.bytes(for: lines)
    if !bytes.isEmpty { try terminal.write(bytes) }
  }

  /// The time; it stands still when the source has ended, so that its last values stay to be seen.
  private func time(of model: MonitorModel) -> Int64 { model.ended ?? SystemClock.sinceBoot }
}
