package import CANFrames
import Dispatch
import Foundation
import Synchronization

/// Records what a source delivers, on a thread of its own, so that reading never waits for a disk.
///
///     let recorder = try FrameRecorder(path: "house.busbar", source: "can0", options: options)
///     recorder.record(batch, buses: source.buses)   // after every read; returns at once
///     recorder.status                               // any time, from any thread
///     try recorder.close()                          // writes what waits
///
/// What cannot be written waits and is tried again; what finds no room to wait is counted, and an
/// event in the store says how much is missing and where.
package final class FrameRecorder: Sendable {
  private struct State {
    var queue: RecorderQueue
    var status = RecorderStatus()
    /// Records that were taken from the queue and are not on the disk.
    var takenCount = 0
    var isClosing = false
  }

  private let state: Mutex<State>
  private let options: RecorderOptions
  private let wake = DispatchSemaphore(value: 0)
  private let ended = DispatchSemaphore(value: 0)

  /// Opens or makes the store and begins to record into it.
  ///
  /// - Parameters:
  ///   - path: Where the store is.
  ///   - source: What is recorded, for people.
  ///   - options: How.
  /// - Throws: If the store cannot be made, opened or written.
  package init(path: String, source: String, options: RecorderOptions) throws(StoreError) {
    self.options = options
    state = Mutex(State(queue: RecorderQueue(limit: options.queueLimit)))
    var disk = try RecorderDisk(path: path, source: source, options: options)
    // What a run before this one left in the tail; who cannot write wants to know at once.
    _ = try disk.commit(buses: BusNames(), sealing: true)
    let clock = options.clock()
    let started = StoreEvent(
      .started(source: source, afterCrash: try disk.followsCrash()), time: clock.realtime)
    state.withLock { $0.queue.append(started, clock) }
    try commit(&disk, sealing: false)
    let thread = Thread { [self, disk = RecorderDisk.Box(disk)] in run(disk.take()) }
    thread.name = "recorder"
    thread.start()
  }

  /// Takes what a source has delivered; never waits for the disk.
  ///
  /// - Parameters:
  ///   - batch: Frames without a date get the present time.
  ///   - buses: The names behind the frames' bus indices.
  package func record(_ batch: borrowing FrameBatch, buses: BusNames) {
    guard !batch.isEmpty else { return }
    let clock = options.clock()
    let isMuch = state.withLock { state in
      state.queue.append(batch, buses: buses, clock: clock, taken: state.takenCount)
      return state.takenCount == 0 && state.queue.recordCount > options.queueLimit / 4
    }
    if isMuch { wake.signal() }
  }

  /// Whether as much as waits already could come once more without loss; sources that can wait,
  /// such as a file, are read on only then.
  package var hasRoom: Bool {
    state.withLock { 2 * ($0.queue.recordCount + $0.takenCount) < options.queueLimit }
  }

  /// How it is doing.
  package var status: RecorderStatus {
    state.withLock { state in
      var status = state.status
      status.waitingCount = state.queue.recordCount + state.takenCount
      status.lostCount = state.queue.lostTotal
      return status
    }
  }

  /// Writes what waits, says in the store that recording stopped, and closes it.
  ///
  /// - Throws: Why something could not be written, after one attempt.
  package func close() throws(StoreError) {
    let isFirst = state.withLock { state in
      defer { state.isClosing = true }
      return !state.isClosing
    }
    if isFirst {
      wake.signal()
      ended.wait()
    }
    if let failure = status.failure { throw failure }
  }

  private func run(_ disk: consuming RecorderDisk) {
    var disk = disk
    var isClosing = false
    while !isClosing {
      _ = wake.wait(timeout: .now() + options.commitSeconds)
      isClosing = state.withLock { $0.isClosing }
      if isClosing {
        let clock = options.clock()
        state.withLock { $0.queue.append(StoreEvent(.stopped, time: clock.realtime), clock) }
      }
      // A failure is in the status; what could not be written is tried again next time.
      try? commit(&disk, sealing: isClosing)
    }
    disk.close()
    ended.signal()
  }

  private func commit(_ disk: inout RecorderDisk, sealing: Bool) throws(StoreError) {
    let buses = state.withLock { state in
      let (pieces, count) = state.queue.take()
      disk.add(pieces)
      state.takenCount += count
      return state.queue.buses
    }
    do throws(StoreError) {
      let end = try disk.commit(buses: buses, sealing: sealing)
      let now = options.clock().monotonic
      state.withLock { state in
        state.status.storedCount += state.takenCount
        state.takenCount = 0
        state.status.end = end
        state.status.lastCommit = now
        state.status.failure = nil
      }
    } catch {
      let name = error.isDamage ? disk.replaceStore() : nil
      state.withLock { state in
        state.status.failure = error
        state.status.replacedStore = name ?? state.status.replacedStore
      }
      throw error
    }
  }
}
