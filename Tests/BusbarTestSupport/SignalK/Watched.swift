import NIOConcurrencyHelpers

/// State that tests wait for: a change wakes everybody whose wish has come true.
package final class Watched<State: Sendable>: Sendable {
  /// Nothing of the kind came true in time.
  package struct TimedOut: Error, CustomStringConvertible {
    /// How long was waited.
    package var limit: Duration
    package var description: String { "nothing of the kind within \(limit)" }
  }

  private struct Waiter: Sendable {
    /// Resumes and says `true` once the state is the one that was wished for.
    var isServed: @Sendable (State) -> Bool
    var cancel: @Sendable () -> Void
  }

  private struct Contents: Sendable {
    var state: State
    var waiters: [Int: Waiter] = [:]
    var nextWaiter = 0
  }

  // Not a `Mutex`: the thread sanitizer cannot see that one's locks on Linux.
  private let contents: NIOLockedValueBox<Contents>

  /// Creates the state that everybody starts from.
  package init(_ state: State) { contents = NIOLockedValueBox(Contents(state: state)) }

  /// The state now.
  package var value: State { contents.withLockedValue(\.state) }

  /// Changes the state, and wakes those who waited for it.
  package func change<Result: Sendable>(_ body: (inout State) -> Result) -> Result {
    contents.withLockedValue { contents in
      let result = body(&contents.state)
      let state = contents.state
      contents.waiters = contents.waiters.filter { !$0.value.isServed(state) }
      return result
    }
  }

  /// Waits until `find` finds something, now or after a change.
  ///
  /// The limit is slept through in naps: while other tests keep all threads busy, no time passes for
  /// this one either.
  ///
  /// - Throws: ``TimedOut`` if it takes longer than `limit`.
  package func first<Found: Sendable>(
    within limit: Duration = .seconds(20), _ find: @escaping @Sendable (State) -> Found?
  ) async throws -> Found {
    try await withThrowingTaskGroup(of: Found.self) { group in
      group.addTask { try await self.wait(find) }
      group.addTask {
        for _ in 0..<200 { try await Task.sleep(for: limit / 200) }
        throw TimedOut(limit: limit)
      }
      defer { group.cancelAll() }
      guard let found = try await group.next() else { throw TimedOut(limit: limit) }
      return found
    }
  }

  private func wait<Found: Sendable>(
    _ find: @escaping @Sendable (State) -> Found?
  ) async throws -> Found {
    let number = contents.withLockedValue { contents in
      contents.nextWaiter += 1
      return contents.nextWaiter
    }
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        contents.withLockedValue { contents in
          if let found = find(contents.state) {
            continuation.resume(returning: found)
          } else if Task.isCancelled {
            continuation.resume(throwing: CancellationError())
          } else {
            contents.waiters[number] = Waiter(
              isServed: { state in
                guard let found = find(state) else { return false }
                continuation.resume(returning: found)
                return true
              }, cancel: { continuation.resume(throwing: CancellationError()) })
          }
        }
      }
    } onCancel: {
      contents.withLockedValue { $0.waiters.removeValue(forKey: number)?.cancel() }
    }
  }
}
