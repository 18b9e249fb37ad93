import BatteryModel
import Synchronization

/// Hands a battery's state to every destination, each through a stream of its own.
///
/// Nobody waits for anybody: a destination that lags finds the newest updates and misses old ones.
/// One that is started anew asks for a new stream and begins with what was last said.
final class UpdateHub: Sendable {
  private static let depth = 16

  private struct Contents: Sendable {
    var streams: [Int: AsyncStream<BatteryUpdate>.Continuation] = [:]
    var next = 0
    var last: BatteryUpdate?
    var isFinished = false
  }

  private let contents = Mutex(Contents())

  /// Whether no update will come any more.
  var isFinished: Bool { contents.withLock(\.isFinished) }

  /// Tells everybody.
  func tell(_ update: BatteryUpdate) {
    contents.withLock { contents in
      contents.last = update
      for stream in contents.streams.values { stream.yield(update) }
    }
  }

  /// Ends every stream, once what is in it was taken.
  func finish() {
    let streams = contents.withLock { contents in
      contents.isFinished = true
      defer { contents.streams = [:] }
      return contents.streams
    }
    // Not under the lock: an ended stream asks to be forgotten.
    for stream in streams.values { stream.finish() }
  }

  private func forget(_ key: Int) { contents.withLock { $0.streams[key] = nil } }

  /// A stream of what is said from now on, after the last that was said.
  func updates() -> AsyncStream<BatteryUpdate> {
    let (stream, continuation) = AsyncStream.makeStream(
      of: BatteryUpdate.self, bufferingPolicy: .bufferingNewest(Self.depth))
    let key = contents.withLock { contents -> Int? in
      if let last = contents.last { continuation.yield(last) }
      guard !contents.isFinished else { return nil }
      contents.next += 1
      contents.streams[contents.next] = continuation
      return contents.next
    }
    guard let key else {
      continuation.finish()
      return stream
    }
    continuation.onTermination = { [weak self] _ in self?.forget(key) }
    return stream
  }
}
