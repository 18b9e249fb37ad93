package import CANInterfaces
import Glibc

/// Shows a source on a terminal until the user quits: what `busbar monitor` does.
package struct MonitorSession {
  /// A picture is drawn at most this often: five times a second.
  private static let interval: Int64 = 200_000_000
  /// An Escape that nothing follows for this long is the key: 50 ms.
  private static let escapeMilliseconds: Int32 = 50

  private let source: MonitorSource
  private let reader: MonitorReader
  private let surroundings: TerminalSurroundings

  /// - Parameters:
  ///   - source: Where frames come from.
  ///   - model: What they are collected in.
  ///   - environment: The process's environment variables.
  /// - Throws: If the kernel has no descriptors left.
  package init(
    _ source: MonitorSource, _ model: MonitorModel, environment: [String: String]
  ) throws(CallFailure) {
    self.source = source
    reader = try MonitorReader(model)
    surroundings = TerminalSurroundings(environment)
  }

  /// Runs until the user quits, the terminal goes away, or, without a terminal, the source ends.
  ///
  /// - Throws: ``SourceError`` if the source cannot be opened or fails, ``OutputError`` if nobody
  ///   can read the lines.
  package func run() throws {
    if surroundings.canDraw,
      let terminal = TerminalDevice.find(isInputFree: !source.isStandardInput)
    {
      let wake = try TerminalSignals.install(isDrawing: true)
      var picture = MonitorPicture(
        terminal, surroundings, secondsEastOfUTC: Self.secondsEastOfUTC())
      try start(wake)
      defer { reader.cancel() }
      do throws(TerminalGone) {
        try draw(&picture, wake)
      } catch {
        return
      }
      // After the screen was put away, so that the words stay.
      picture.close()
      try finish()
    } else {
      let wake = try TerminalSignals.install(isDrawing: false)
      try start(wake)
      defer { reader.cancel() }
      try MonitorLines(reader, hasUnicode: surroundings.hasUnicode).run(wake)
      try finish()
    }
  }

  /// Says why reading ended too early, or what of a log was no frame.
  private func finish() throws {
    switch reader.look().progress {
    case .reading, .ended(nil): break
    case .failed(let error): throw error
    case .ended(let counts?):
      for line in LogReport.lines(counts.rejections, name: source.name) {
        StandardErrorNotices().tell(line)
      }
    }
  }

  /// Begins to read, and gives a source that cannot be opened the time to say so.
  private func start(_ wake: WakeSignal) throws {
    reader.start(source, waking: wake)
    _ = try Self.wait(-1, wake, milliseconds: 100)
    if case .failed(let error) = reader.look().progress { throw error }
  }

  private func draw(_ picture: inout MonitorPicture, _ wake: WakeSignal) throws(TerminalGone) {
    var keys = KeyReader()
    var isWaitingForSequence = false
    try picture.open()
    while true {
      let now = SystemClock.monotonic
      var pause = Int32(clamping: max(0, picture.lastDrawn + Self.interval - now) / 1_000_000 + 1)
      if isWaitingForSequence { pause = min(pause, Self.escapeMilliseconds) }
      let hasKeys = (try? Self.wait(picture.keyboard, wake, milliseconds: pause)) ?? true
      let happened = TerminalSignals.take()
      if happened.contains(.quit) { return }
      if happened.contains(.suspend) { try picture.suspend() }
      if !happened.isDisjoint(with: [.resumed, .resized]) { try picture.resume() }
      var pressed: [MonitorKey] = []
      if hasKeys {
        let bytes = try picture.readKeys()
        pressed = keys.read(bytes)
        isWaitingForSequence = bytes.last == 0x1B
      } else if isWaitingForSequence {
        if let key = keys.pause() { pressed = [key] }
        isWaitingForSequence = false
      }
      let (model, progress) = reader.look()
      if case .failed = progress { return }
      if picture.take(pressed, model) == .quit { return }
      if SystemClock.monotonic - picture.lastDrawn >= Self.interval { try picture.draw(model) }
    }
  }

  /// Waits for a key or a signal.
  ///
  /// - Returns: Whether there are keys to read; also if the terminal was hung up.
  static func wait(
    _ keyboard: CInt, _ wake: WakeSignal, milliseconds: Int32
  ) throws -> Bool {
    var requests: [2 of pollfd] = [
      pollfd(fd: keyboard, events: Int16(POLLIN), revents: 0),
      pollfd(fd: wake.descriptor, events: Int16(POLLIN), revents: 0),
    ]
    var list = requests.mutableSpan
    _ = unsafe list.withUnsafeMutableBufferPointer { list in
      unsafe poll(list.baseAddress, nfds_t(list.count), milliseconds)
    }
    wake.lower()
    return requests[0].revents != 0
  }

  private static func secondsEastOfUTC() -> Int {
    var now = time(nil)
    var local = unsafe tm()
    guard unsafe localtime_r(&now, &local) != nil else { return 0 }
    return unsafe local.tm_gmtoff
  }
}
