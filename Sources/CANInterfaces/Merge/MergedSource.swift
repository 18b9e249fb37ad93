package import CANFrames
import Synchronization

/// Several sources as one, each with its name.
///
/// Buses are read side by side, a thread each, and their frames come in the order of their times
/// as far as they are there. Logs are merged by time if all of them have dates, and come one after
/// the other if not. A source that fails or ends is told, and the others go on; it ends when all
/// have ended.
package struct MergedSource: ReplayableLog, ~Copyable {
  package private(set) var buses: BusNames
  private let inputs: [MergeInput]
  private let isLive: Bool
  private let stop: CInt
  private let signal: WakeSignal
  private var names: MergedBusNames
  private var order: MergeOrder

  /// Opens several sources.
  ///
  /// - Parameters:
  ///   - specifications: What to open: several logs, or several of anything else.
  ///   - stop: A descriptor that ends waiting when it becomes readable; -1 for none.
  ///   - tell: Takes what the sources have to say beside frames and events.
  ///   - open: Opens one of them.
  /// - Throws: If one of them cannot be opened, is there twice, or is a log among buses.
  package init(
    _ specifications: [SourceSpecification], stop: CInt = -1, tell: @escaping RemarkListener,
    open: (SourceSpecification) throws(SourceError) -> AnySource
  ) throws(SourceError) {
    let isLive = specifications.contains { !$0.isLog }
    try Self.check(specifications, isLive: isLive)
    let signal: WakeSignal
    do throws(CallFailure) {
      signal = try WakeSignal()
    } catch {
      throw .failed(specifications.first?.description ?? "", error)
    }
    var inputs: [MergeInput] = []
    for specification in specifications {
      inputs.append(
        MergeInput(
          try open(specification), name: specification.description, signal: signal, tell: tell))
    }
    if isLive { try Self.start(inputs) }
    self.isLive = isLive
    self.signal = signal
    self.inputs = inputs
    self.stop = stop
    names = MergedBusNames(specifications.map(\.description), prefixesAll: !isLive)
    order = MergeOrder(count: inputs.count)
    buses = BusNames([])
  }

  deinit {
    for input in inputs { input.finish() }
  }

  package mutating func read(
    into batch: inout FrameBatch, waitingMilliseconds: Int32
  ) throws(SourceError) -> SourceState {
    try read(into: &batch, before: Deadline(milliseconds: waitingMilliseconds))
  }

  package mutating func read(
    into batch: inout FrameBatch, before deadline: Deadline
  ) throws(SourceError) -> SourceState {
    isLive
      ? try readBuses(into: &batch, before: deadline)
      : readLogs(into: &batch, before: deadline)
  }

  /// Never: what was merged came from several places.
  package var canRewind: Bool { false }

  package mutating func rewind() throws(SourceError) {
    throw .cannotRewind(inputs.map(\.name).joined(separator: ", "))
  }

  /// What was read of each log, so far; nothing of other sources.
  package var logs: [(name: String, counts: LogCounts)] {
    inputs.compactMap { input in input.logCounts.map { (input.name, $0) } }
  }

  private static func check(
    _ specifications: [SourceSpecification], isLive: Bool
  ) throws(SourceError) {
    for (index, specification) in specifications.enumerated() {
      if isLive, specification.isLog { throw .logAmongBuses(specification.description) }
      guard !specifications[..<index].contains(specification) else {
        throw .sameSourceTwice(specification.description)
      }
    }
  }

  private static func start(_ inputs: [MergeInput]) throws(SourceError) {
    do throws(CallFailure) {
      for input in inputs { try input.start() }
    } catch {
      for input in inputs { input.finish() }
      throw .failed(inputs.first?.name ?? "", error)
    }
  }

  private mutating func readBuses(
    into batch: inout FrameBatch, before deadline: Deadline
  ) throws(SourceError) -> SourceState {
    let waited: Wait.Outcome
    do throws(CallFailure) {
      waited = try Wait.until(signal.descriptor, isReadyOr: stop, before: deadline)
    } catch {
      throw .failed(inputs.first?.name ?? "", error)
    }
    // Sources that were told to stop give what they still hold.
    if waited == .stopped { for input in inputs { input.waitForEnd() } }
    signal.lower()
    var hasEnded = true
    for (index, input) in inputs.enumerated() {
      let taken = input.take()
      names.learn(taken.buses, of: index)
      order.add(taken.batch, from: index)
      hasEnded = hasEnded && taken.hasEnded
    }
    order.drain(names: &names, isComplete: true, into: &batch)
    buses = names.all
    if waited == .stopped { return .stopped }
    return hasEnded ? .ended : .open
  }

  private mutating func readLogs(
    into batch: inout FrameBatch, before deadline: Deadline
  ) -> SourceState {
    let (oldFrames, oldEvents) = (batch.frames.count, batch.events.count)
    repeat {
      // One log after the other is read only as far as it takes to know whose turn it is.
      for (index, input) in inputs.enumerated() where order.needs(index) {
        let left = deadline.milliseconds(at: SystemClock.monotonic)
        let state = input.read(waitingMilliseconds: min(left < 0 ? 1000 : left, 1000))
        if state == .stopped { return .stopped }
        let taken = input.take()
        names.learn(taken.buses, of: index)
        order.add(taken.batch, from: index)
        if taken.hasEnded { order.end(index) }
      }
      order.drain(names: &names, isComplete: false, into: &batch)
      buses = names.all
      if order.isExhausted { return .ended }
    } while batch.frames.count == oldFrames && batch.events.count == oldEvents
      && !deadline.hasPassed(at: SystemClock.monotonic)
    return .open
  }
}
