import CANFrames
import Synchronization

/// One of several sources, and what it has given that was not taken yet.
///
/// A bus is read by a thread of its own, which waits while nobody takes what it has read; what the
/// bus brings meanwhile, its own source counts if it has to drop it. A log is read when it is its
/// turn.
final class MergeInput: Sendable {
  struct Content: Sendable {
    var batch = FrameBatch()
    var buses = BusNames([])
    var hasEnded = false
  }

  /// So many frames wait for a reader that lags.
  private static let capacity = 65_536

  let name: String
  private let source: Mutex<AnySource?>
  private let content: Mutex<Content>
  private let thread = Mutex<BackgroundThread.Handle?>(nil)
  private let isAbandoned = Atomic(false)
  private let isEnding = Atomic(false)
  private let signal: WakeSignal
  private let tell: RemarkListener

  /// - Parameters:
  ///   - source: What to read; it watches the stop descriptor by itself.
  ///   - name: What to call it.
  ///   - signal: Raised when there is something to take.
  ///   - tell: Told of a failure, and of the end of what is read in the background.
  init(
    _ source: consuming AnySource, name: String, signal: WakeSignal, tell: @escaping RemarkListener
  ) {
    content = Mutex(Content(buses: source.buses))
    self.source = Mutex(source)
    self.name = name
    self.signal = signal
    self.tell = tell
  }

  /// Reads in the background from now on.
  func start() throws(CallFailure) {
    let handle = try BackgroundThread.start { [self] in
      while !isAbandoned.load(ordering: .relaxed), read(waitingMilliseconds: 200) == .open {}
    }
    thread.withLock { $0 = handle }
  }

  /// Reads once.
  func read(waitingMilliseconds: Int32) -> SourceState {
    // Without room, what comes stays where it is.
    let hasRoom = content.withLock { $0.batch.frames.count } < Self.capacity
    guard hasRoom || isEnding.load(ordering: .relaxed) else {
      _ = try? Wait.until(-1, isReadyOr: -1, before: Deadline(milliseconds: 10))
      return .open
    }
    var batch = FrameBatch()
    var failure: SourceError?
    var buses = BusNames([])
    let state = source.withLock { source in
      do throws(SourceError) {
        let state = try source?.read(into: &batch, waitingMilliseconds: waitingMilliseconds)
        buses = source?.buses ?? buses
        return state ?? .ended
      } catch {
        failure = error
        return .ended
      }
    }
    let hasEnded = state != .open
    content.withLock { content in
      batch.forEach(frame: { content.batch.append($0) }, event: { content.batch.append($0) })
      content.buses = buses
      content.hasEnded = hasEnded
    }
    if !batch.isEmpty || hasEnded { signal.raise() }
    if let failure {
      tell(SourceRemark(name, .failed(failure)))
    } else if state == .ended, thread.withLock({ $0 != nil }) {
      tell(SourceRemark(name, .ended))
    }
    return state
  }

  /// What was read since the last time.
  func take() -> Content {
    content.withLock { content in
      let taken = content
      content.batch.removeAll()
      return taken
    }
  }

  /// What was read of a log so far; `nil` of any other source.
  var logCounts: LogCounts? { source.withLock { $0?.logCounts } }

  /// Waits until a source that was told to stop has given what it held.
  func waitForEnd() {
    isEnding.store(true, ordering: .relaxed)
    let handle = thread.withLock { thread in
      defer { thread = nil }
      return thread
    }
    handle?.join()
  }

  /// Ends the reading.
  func finish() {
    isAbandoned.store(true, ordering: .relaxed)
    waitForEnd()
  }
}
