import CANFrames
import CANInterfaces
import Foundation
import FrameStore
import Logging
import Synchronization

/// Records every source of the gateway into one file, and keeps its history up to date.
///
/// Sources hand over what they hear and never wait. A store that cannot be opened or written is
/// tried again, and said once.
final class RecorderPart: BusConsumer {
  private struct Contents: Sendable {
    var recorder: FrameRecorder?
    /// The buses of all sources, and where each battery's own are among them.
    var names: [String?] = []
    var places: [String: [UInt8]] = [:]
    /// Frames that came while there was no store, and are not reported yet.
    var lost = 0
  }

  /// Between two looks at how recording is doing, in seconds.
  private static let lookInterval = 1.0
  private static let openInterval = 5

  private let settings: RecorderSettings
  private let sourceNames: String
  private let reporter: PartReporter
  private let logger: Logger
  private let contents = Mutex(Contents())
  private let history: HistoryKeeper

  /// - Parameters:
  ///   - settings: Where and how.
  ///   - sourceNames: What is recorded, for people.
  ///   - reporter: Told how it goes.
  ///   - logger: Told of each change once.
  init(
    _ settings: RecorderSettings, sourceNames: String, reporter: PartReporter, logger: Logger
  ) {
    self.settings = settings
    self.sourceNames = sourceNames
    self.reporter = reporter
    self.logger = logger
    history = HistoryKeeper(path: settings.path, every: HistoryKeeper.usualInterval)
    open()
  }

  func take(_ batch: FrameBatch, battery: String, buses: BusNames) {
    guard !batch.isEmpty else { return }
    contents.withLock { contents in
      guard let recorder = contents.recorder else {
        contents.lost += batch.frames.count
        return
      }
      let places = Self.places(of: buses, battery, &contents)
      let names = BusNames(contents.names)
      if places.enumerated().allSatisfy({ $0.offset == Int($0.element) }) {
        recorder.record(batch, buses: names)
      } else {
        recorder.record(Self.moved(batch, places), buses: names)
      }
    }
  }

  /// Where a battery's buses stand among those of all, which grow with them.
  private static func places(
    of buses: BusNames, _ battery: String, _ contents: inout Contents
  ) -> [UInt8] {
    var places = contents.places[battery] ?? []
    while places.count < buses.names.count {
      let name = buses.names[places.count]
      let known = contents.names.firstIndex { $0 == name }
      places.append(UInt8(truncatingIfNeeded: known ?? contents.names.count))
      if known == nil { contents.names.append(name) }
    }
    contents.places[battery] = places
    return places
  }

  private static func moved(_ batch: FrameBatch, _ places: [UInt8]) -> FrameBatch {
    var result = FrameBatch()
    batch.forEach { frame in
      var frame = frame
      frame.bus = Int(frame.bus) < places.count ? places[Int(frame.bus)] : frame.bus
      result.append(frame)
    } event: { event in
      var event = event
      event.bus = Int(event.bus) < places.count ? places[Int(event.bus)] : event.bus
      result.append(event)
    }
    return result
  }

  private func open() {
    var options = RecorderOptions(clock: ClockState.system)
    options.commitSeconds = settings.commitSeconds
    options.retention.longestAge = settings.keep?.nanoseconds
    options.retention.mostBytes = settings.maxSize?.bytes
    do throws(StoreError) {
      let recorder = try FrameRecorder(path: settings.path, source: sourceNames, options: options)
      contents.withLock { $0.recorder = recorder }
      if reporter.became(.working) { logger.notice("recorder \(settings.path): recording") }
    } catch {
      if reporter.became(.failing, "\(error)") {
        logger.warning("recorder \(settings.path): \(error); tried again")
      }
    }
  }

  /// Watches over the recording until the task is cancelled.
  func run() async {
    var looks = 0
    var (counted, lost) = (0, 0)
    while !Task.isCancelled {
      try? await Task.sleep(for: .seconds(Self.lookInterval))
      looks += 1
      let (recorder, missed) = contents.withLock { contents in
        defer { contents.lost = 0 }
        return (contents.recorder, contents.lost)
      }
      if missed > 0 { reporter.counted(0, lost: missed) }
      guard let recorder else {
        if looks % Self.openInterval == 0 { open() }
        continue
      }
      let status = recorder.status
      reporter.counted(status.storedCount - counted, lost: status.lostCount - lost)
      (counted, lost) = (status.storedCount, status.lostCount)
      tell(status)
    }
  }

  private func tell(_ status: RecorderStatus) {
    if let failure = status.failure {
      if reporter.became(.failing, "\(failure)") {
        logger.warning(
          "recorder \(settings.path): \(failure); \(status.waitingCount) records wait")
      }
    } else if reporter.became(.working) {
      logger.notice("recorder \(settings.path): recording again")
    }
  }

  /// Writes what waits; call when nothing more will come.
  func close() {
    history.stop()
    let recorder = contents.withLock { contents in
      defer { contents.recorder = nil }
      return contents.recorder
    }
    do throws(StoreError) {
      try recorder?.close()
      reporter.became(.ended)
    } catch {
      logger.error("recorder \(settings.path): \(error)")
    }
  }
}
