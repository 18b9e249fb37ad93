import CANInterfaces
import Publishers
import Synchronization

/// Where every part writes how it is doing, for the watchdog and for `busbar status`.
package final class PartBoard: Sendable {
  private struct Contents: Sendable {
    var parts: [Int: PartStatus] = [:]
    /// What publishers say of themselves.
    var publishers: [Int: SignalKStatusBoard] = [:]
    var next = 0

    /// A part with what its publisher says, if it has one.
    func whole(_ part: PartStatus, _ key: Int) -> PartStatus {
      guard let publisher = publishers[key] else { return part }
      var part = part
      part.take(publisher.status)
      return part
    }
  }

  private let contents = Mutex(Contents())

  package init() {}

  /// Every part, in the order in which they were added.
  package var parts: [PartStatus] {
    contents.withLock { contents in
      contents.parts.sorted { $0.key < $1.key }.map { contents.whole($0.value, $0.key) }
    }
  }

  /// Adds a part, which writes through what is returned.
  package func add(_ kind: PartStatus.Kind, name: String, battery: String) -> PartReporter {
    let status = PartStatus(
      kind, name: name, battery: battery, time: SystemClock.realtime, now: SystemClock.sinceBoot)
    let key = contents.withLock { contents in
      contents.next += 1
      contents.parts[contents.next] = status
      return contents.next
    }
    return PartReporter(board: self, key: key)
  }

  fileprivate func change<Result>(_ key: Int, _ body: (inout PartStatus) -> Result) -> Result? {
    contents.withLock { contents in
      guard var part = contents.parts[key] else { return nil }
      defer { contents.parts[key] = part }
      return body(&part)
    }
  }

  fileprivate func status(_ key: Int) -> PartStatus? {
    contents.withLock { contents in contents.parts[key].map { contents.whole($0, key) } }
  }

  fileprivate func follow(_ publisher: SignalKStatusBoard?, _ key: Int) {
    contents.withLock { contents in
      // What was known last stays when the publisher goes.
      contents.parts[key] = contents.parts[key].map { contents.whole($0, key) }
      contents.publishers[key] = publisher
    }
  }

  fileprivate func remove(_ key: Int) {
    contents.withLock { contents in
      contents.parts[key] = nil
      contents.publishers[key] = nil
    }
  }
}

/// With this a part writes on the board; all of it is safe from any thread.
package struct PartReporter: Sendable {
  fileprivate let board: PartBoard
  /// The part's number, which no other part ever gets.
  let key: Int

  /// The part gets on.
  package func progressed() { change { $0.progress = SystemClock.sinceBoot } }

  /// The part rests for so long on purpose.
  package func rests(nanoseconds: Int64) {
    change { $0.progress = SystemClock.sinceBoot + nanoseconds }
  }

  /// So much was handled.
  package func counted(_ count: Int, lost: Int = 0) {
    change { part in
      part.progress = SystemClock.sinceBoot
      guard count > 0 || lost > 0 else { return }
      part.count += Int64(count)
      part.lost += Int64(lost)
      part.lastCountTime = SystemClock.realtime
    }
  }

  /// The state is this one now.
  ///
  /// - Returns: Whether that is news: another state, or another trouble.
  @discardableResult
  package func became(_ state: PartStatus.State, _ detail: String? = nil) -> Bool {
    board.change(key) { part in
      part.progress = max(part.progress, SystemClock.sinceBoot)
      let isNews = part.state != state || part.detail != detail
      if part.state != state { part.since = SystemClock.realtime }
      part.state = state
      part.detail = detail
      if state == .failing, isNews {
        part.lastError = detail
        part.lastErrorTime = SystemClock.realtime
      }
      return isNews
    } ?? false
  }

  /// How the part is doing; `nil` if it was removed.
  package var status: PartStatus? { board.status(key) }

  /// From now on the part does as a publisher says, until another or none is followed.
  func follow(_ publisher: SignalKStatusBoard?) { board.follow(publisher, key) }

  /// Takes the part off the board.
  package func remove() { board.remove(key) }

  private func change(_ body: (inout PartStatus) -> Void) { _ = board.change(key, body) }
}
