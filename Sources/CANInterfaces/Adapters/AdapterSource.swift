package import CANFrames
import Glibc

/// Frames from an adapter on a serial port or from a server on the network, received and never
/// sent.
///
/// An adapter that is unplugged, a server that goes away and a connection that falls silent are
/// waited for: that is an event, and their return another. Opening one that cannot be used is an
/// error.
package struct AdapterSource: FrameSource, ~Copyable {
  /// How long opening may take, in nanoseconds.
  private static let openingTime: Int64 = 12_000_000_000
  /// A read takes at most so many pieces, so that a full bus cannot keep it from returning.
  private static let piecesPerRead = 64

  /// As the user wrote it.
  package let name: String
  package let buses: BusNames
  private let stop: CInt
  private let tell: RemarkListener
  private var endpoint: AdapterEndpoint
  private var session: any AdapterSession
  private var connection: AdapterConnection?
  /// When to try again, or to give up what is being tried; on the monotonic clock.
  private var connectionDeadline = Int64.min
  private var attempt = 0
  private var lastReason: String?
  private var isDown = false
  private var hasOpened = false
  private var clock = ClockWatch()
  private var outcome = SessionOutcome()
  private var buffer = [UInt8](repeating: 0, count: 4096)

  init(
    _ endpoint: AdapterEndpoint, _ session: any AdapterSession, name: String, stop: CInt,
    tell: @escaping RemarkListener
  ) throws(SourceError) {
    self.endpoint = endpoint
    self.session = session
    self.name = name
    self.stop = stop
    self.tell = tell
    buses = BusNames(session.busNames)
    _ = clock.passed(.now())
    try open()
  }

  package mutating func read(
    into batch: inout FrameBatch, waitingMilliseconds: Int32
  ) throws(SourceError) -> SourceState {
    let deadline = Deadline(milliseconds: waitingMilliseconds)
    let (oldFrames, oldEvents) = (batch.frames.count, batch.events.count)
    repeat {
      noteClock(&batch)
      switch try step(before: deadline, into: &batch) {
      case .stopped: return .stopped
      case .open, .ended: break
      }
    } while batch.frames.count == oldFrames && batch.events.count == oldEvents
      && !deadline.hasPassed(at: SystemClock.monotonic)
    return .open
  }

  deinit {
    for remark in session.rejections.untold { tell(SourceRemark(name, remark)) }
    sayFarewell()
  }

  /// Has the adapter closed.
  ///
  /// A courtesy where it only listens; where it did not confirm that, nobody knows what it would do.
  private func sayFarewell() {
    for command in session.farewell { try? connection?.say(command) }
  }
}

extension AdapterSource {
  /// Connects and talks until frames can come.
  private mutating func open() throws(SourceError) {
    let end = Deadline(milliseconds: Int32(Self.openingTime / 1_000_000))
    var batch = FrameBatch()
    do throws(ConnectionFailure) {
      try connect()
    } catch {
      throw unusable(error)
    }
    try deliver(&batch)
    while !session.isListening {
      if try step(before: end, into: &batch) == .stopped { break }
      guard !end.hasPassed(at: SystemClock.monotonic) else { throw .adapter(name, .silent) }
    }
    hasOpened = true
  }

  /// Waits for one thing to happen and deals with it.
  private mutating func step(
    before deadline: Deadline, into batch: inout FrameBatch
  ) throws(SourceError) -> SourceState {
    let next =
      connection == nil || connection?.isConnected == false
      ? connectionDeadline : session.nextTime
    let pause = next.map { deadline.orSooner($0) } ?? deadline
    let purpose = connection?.purpose ?? .reading
    let waited: Wait.Outcome
    do throws(CallFailure) {
      waited = try Wait.until(
        connection?.descriptor ?? -1, for: purpose, isReadyOr: stop, before: pause)
    } catch {
      throw .failed(name, error)
    }
    do throws(ConnectionFailure) {
      try react(to: waited)
    } catch {
      try lose(unusable(error))
    }
    try deliver(&batch)
    return waited == .stopped ? .stopped : .open
  }

  private mutating func react(to waited: Wait.Outcome) throws(ConnectionFailure) {
    let now = SystemClock.monotonic
    switch waited {
    case .ready where connection?.isConnected == true: try receive()
    case .ready:
      try connection?.advance()
      if connection?.isConnected == true { session.begin(at: .now(), into: &outcome) }
    // What was received before the word to stop came is not lost.
    case .stopped: if connection?.isConnected == true { try receive() }
    case .timedOut where connection?.isConnected == true: break
    case .timedOut where now < connectionDeadline: break
    case .timedOut where connection == nil: try connect()
    case .timedOut: throw .timedOut
    }
    if connection?.isConnected == true { session.wakeIfDue(at: .now(), into: &outcome) }
  }

  private mutating func connect() throws(ConnectionFailure) {
    attempt += 1
    connectionDeadline = SystemClock.monotonic + AdapterConnection.patience
    connection = try AdapterConnection(to: &endpoint)
    if connection?.isConnected == true { session.begin(at: .now(), into: &outcome) }
  }

  private mutating func receive() throws(ConnectionFailure) {
    for _ in 0..<Self.piecesPerRead {
      let reading: AdapterLink.Reading
      do throws(CallFailure) {
        reading = try connection?.read(into: &buffer) ?? .nothing
      } catch {
        throw .call(error)
      }
      switch reading {
      case .nothing: return
      case .ended: throw .call(CallFailure(call: "read", code: EPIPE))
      case .bytes(let count):
        let piece = buffer
        session.receive(piece.span.extracting(0..<count), at: .now(), into: &outcome)
        if outcome.fault != nil { return }
      }
    }
  }

  /// Passes on what the session came to.
  private mutating func deliver(_ batch: inout FrameBatch) throws(SourceError) {
    if isDown, session.isListening, outcome.fault == nil {
      isDown = false
      attempt = 0
      lastReason = nil
      batch.append(event(.interfaceUp))
    }
    outcome.batch.forEach(frame: { batch.append($0) }, event: { batch.append($0) })
    outcome.batch.removeAll()
    for remark in outcome.remarks { tell(SourceRemark(name, remark)) }
    outcome.remarks.removeAll(keepingCapacity: true)
    let commands = outcome.commands
    outcome.commands.removeAll(keepingCapacity: true)
    let fault = outcome.fault
    outcome.fault = nil
    do throws(CallFailure) {
      for command in commands { try connection?.say(command) }
    } catch {
      try lose(unusable(.call(error)), into: &batch)
    }
    if let fault { try lose(.adapter(name, fault), into: &batch) }
    if hasOpened, connection == nil, !isDown {
      isDown = true
      batch.append(event(.interfaceDown))
    }
  }

  private mutating func lose(
    _ error: SourceError, into batch: inout FrameBatch
  ) throws(SourceError) {
    try lose(error)
    if !isDown {
      isDown = true
      batch.append(event(.interfaceDown))
    }
  }

  /// Drops the connection and waits to make another; at the opening, that is the end.
  private mutating func lose(_ error: SourceError) throws(SourceError) {
    sayFarewell()
    connection = nil
    session.close()
    guard hasOpened else { throw error }
    connectionDeadline = SystemClock.monotonic + endpoint.pause(beforeAttempt: attempt)
    let reason = error.reason
    if reason != lastReason { tell(SourceRemark(name, .lost(reason: reason))) }
    lastReason = reason
  }

  private mutating func noteClock(_ batch: inout FrameBatch) {
    guard let step = clock.passed(.now()) else { return }
    batch.append(
      BusEvent(.clockStep(nanoseconds: step.nanoseconds), timestamp: step.noticed, bus: 0))
  }

  private func event(_ kind: BusEvent.Kind) -> BusEvent {
    BusEvent(kind, timestamp: SystemClock.realtime, bus: 0)
  }

  private func unusable(_ failure: ConnectionFailure) -> SourceError {
    switch (endpoint, failure) {
    case (.serial(let port, _), .call(let failure)):
      SourceError.serialPort(name, port, failure)
    case (.serial, _): .adapter(name, .silent)
    case (.network(let address), let failure): .unreachable(name, address, failure.reason)
    }
  }
}
