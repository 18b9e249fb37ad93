/// What the user has chosen: what is shown, and which message is picked out.
package struct MonitorControls: Sendable {
  package enum Page: Hashable, Sendable {
    case battery
    /// One message with its bits.
    case details
    case help
  }

  /// What has to happen outside after a key.
  package enum Outcome: Hashable, Sendable {
    case shown
    /// Everything is to be drawn anew.
    case redraw
    case quit
  }

  /// A filter is not longer than this.
  private static let filterLimit = 32
  private static let pageLength = 10

  package private(set) var page = Page.battery
  package private(set) var isPaused = false
  /// The bus whose battery is shown, on a source with several; `nil` for the first.
  package private(set) var bus: UInt8?
  /// What an identifier or a name has to contain; empty for all.
  package private(set) var filter = ""
  /// Whether the keys go to the filter.
  package private(set) var isTyping = false
  package private(set) var selection: MonitoredMessage.Key? {
    didSet { if selection != oldValue { detailsPart = 0 } }
  }
  /// Which part of the details is shown where they do not fit, as pressed: it may run past the last
  /// part, after which the first comes again, or be negative.
  package private(set) var detailsPart = 0

  package init() {}

  /// Does what a key says.
  ///
  /// - Parameters:
  ///   - key: What was pressed.
  ///   - rows: The messages that are listed now, in their order.
  ///   - buses: Those whose battery can be shown, in their order.
  /// - Returns: What has to happen outside.
  package mutating func take(
    _ key: MonitorKey, rows: [MonitoredMessage.Key], buses: [UInt8] = []
  ) -> Outcome {
    if key == .redraw { return .redraw }
    if isTyping {
      type(key)
      return .shown
    }
    switch key {
    case .character("q"): return .quit
    case .character("p"), .character(" "): isPaused.toggle()
    case .character("?"), .character("h"): page = page == .help ? .battery : .help
    case .character("b"): showNext(of: buses)
    case .character("/"):
      page = .battery
      isTyping = true
    case .character("d"), .enter: toggleDetails(rows)
    case .escape: back()
    default: move(key, rows)
    }
    return .shown
  }

  private mutating func showNext(of buses: [UInt8]) {
    guard buses.count > 1 else { return }
    let place = bus.flatMap(buses.firstIndex) ?? 0
    bus = buses[(place + 1) % buses.count]
  }

  private mutating func type(_ key: MonitorKey) {
    switch key {
    case .character(let character): if filter.count < Self.filterLimit { filter.append(character) }
    case .backspace: if !filter.isEmpty { filter.removeLast() }
    case .enter: isTyping = false
    case .escape:
      isTyping = false
      filter = ""
    default: break
    }
  }

  /// Undoes one thing: the page, the filter, the selection.
  private mutating func back() {
    if page != .battery {
      page = .battery
    } else if !filter.isEmpty {
      filter = ""
    } else {
      selection = nil
    }
  }

  private mutating func toggleDetails(_ rows: [MonitoredMessage.Key]) {
    guard page != .details else {
      page = .battery
      return
    }
    if selection.map({ !rows.contains($0) }) ?? true { selection = rows.first }
    if selection != nil { page = .details }
  }

  private mutating func move(_ key: MonitorKey, _ rows: [MonitoredMessage.Key]) {
    let step: Int
    switch key {
    case .pageUp where page == .details:
      detailsPart -= 1
      return
    case .pageDown where page == .details:
      detailsPart += 1
      return
    case .up, .character("k"): step = -1
    case .down, .character("j"): step = 1
    case .pageUp: step = -Self.pageLength
    case .pageDown: step = Self.pageLength
    case .home, .character("g"): step = -rows.count
    case .end, .character("G"): step = rows.count
    default: return
    }
    guard page != .help, !rows.isEmpty else { return }
    guard let selection, let place = rows.firstIndex(of: selection) else {
      self.selection = step < 0 ? rows.last : rows.first
      return
    }
    self.selection = rows[min(rows.count - 1, max(0, place + step))]
  }
}
