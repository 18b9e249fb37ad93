import CANFrames
package import CANInterfaces
package import FrameStore
import Glibc

/// Reads a source to its end and records it: what `busbar record` does.
package struct RecordSession<Source: FrameSource & ~Copyable>: ~Copyable {
  private static var waitingMilliseconds: Int32 { 200 }
  /// A pause after a read that brought little, in microseconds.
  ///
  /// Nobody watches a recording, and waking for each frame costs four times the processor. Buffers
  /// hold far more than that.
  private static var pauseMicroseconds: UInt32 { 20_000 }
  private static var littleFrames: Int { 500 }

  package private(set) var source: Source
  package private(set) var tally = FrameTally()
  private let recorder: FrameRecorder
  private let name: String
  private let notices: any Notices
  private let isLive: Bool
  private let tellsProgress: Bool
  private var toldFailure: StoreError?
  private var toldLost = 0
  private var toldStored = 0

  /// - Parameters:
  ///   - source: What to record.
  ///   - recorder: Where it goes; closed when the session ends.
  ///   - name: What to call the source in notices.
  ///   - isLive: Whether the source goes on whether it is read or not; one that waits, such as a
  ///     file, is not read faster than the disk writes.
  ///   - tellsProgress: Whether each commit is told.
  ///   - notices: Where to tell people what happens.
  package init(
    _ source: consuming Source, _ recorder: FrameRecorder, name: String, isLive: Bool,
    tellsProgress: Bool, notices: any Notices
  ) {
    self.source = source
    self.recorder = recorder
    self.name = name
    self.isLive = isLive
    self.tellsProgress = tellsProgress
    self.notices = notices
  }

  /// Runs until the source ends or is stopped.
  ///
  /// - Returns: The recorder's last word.
  /// - Throws: ``SourceError`` if the source fails, ``StoreError`` if what waits at the end cannot
  ///   be written.
  package mutating func run() throws -> RecorderStatus {
    var batch = FrameBatch()
    var state = SourceState.open
    do {
      while state == .open {
        batch.removeAll()
        state = try source.read(into: &batch, waitingMilliseconds: Self.waitingMilliseconds)
        recorder.record(batch, buses: source.buses)
        tally.frames += batch.frames.count
        for placed in batch.events { tell(placed.event) }
        tellStatus()
        if state == .open, !batch.isEmpty, batch.frames.count < Self.littleFrames {
          usleep(Self.pauseMicroseconds)
        }
        while !isLive, !recorder.hasRoom, recorder.status.failure == nil { usleep(2000) }
      }
    } catch {
      try? recorder.close()
      throw error
    }
    try recorder.close()
    tellStatus()
    return recorder.status
  }

  private mutating func tell(_ event: BusEvent) {
    if case .framesDropped(let count) = event.kind { tally.lost += count }
    notices.tell("\(source.buses[event.bus] ?? name): \(event)")
  }

  private mutating func tellStatus() {
    let status = recorder.status
    if status.failure != toldFailure {
      if let failure = status.failure {
        notices.tell("\(failure); \(status.waitingCount) records wait")
      } else {
        notices.tell("the store can be written again")
      }
      toldFailure = status.failure
      if let name = status.replacedStore {
        notices.tell("the damaged store was put aside as \(name)")
      }
    }
    if status.lostCount != toldLost {
      toldLost = status.lostCount
      notices.tell("\(toldLost) records lost so far: the disk does not keep up")
    }
    if tellsProgress, status.storedCount != toldStored {
      toldStored = status.storedCount
      notices.tell("\(name): \(toldStored) records on the disk, up to position \(status.end - 1)")
    }
  }
}
