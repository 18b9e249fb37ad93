package import CANFrames
import Glibc

/// Frames from a CAN interface of this machine, received and never sent.
///
/// Frames carry the kernel's time of arrival. What the kernel had to drop, an interface that goes
/// away or returns, and a clock that is set stand between the frames as events. An interface that
/// is unplugged is waited for, and bound again under its name.
///
/// An outage is looked at every 200 ms, so frames in the first 200 ms of an interface that was
/// deleted and made again are not seen; they lie between its two events.
package struct SocketCANSource: FrameSource, ~Copyable {
  /// The interface's name.
  package let interface: String
  package let buses: BusNames
  /// The size of the receive buffer in the kernel's reckoning: 8 MiB, or less without privilege.
  package var receiveBufferBytes: Int { socket.receiveBufferBytes }
  /// How the interface was doing at the last look.
  package var link: InterfaceLink { watch.link }

  private let identifiers: [CANIdentifier]
  private let stop: CInt
  private var socket: CANSocket
  private var watch: InterfaceWatch
  private var losses = LossCounter()
  private var clock = ClockWatch()
  private var unplacedStep: ClockWatch.Step?
  private var received: [ReceivedMessage] = []

  /// Between two looks at an interface that is away, in nanoseconds.
  private static let lookInterval: Int64 = 200_000_000
  /// A read fetches at most this many batches, so that a full bus cannot keep it from returning.
  private static let batchesPerRead = 16
  /// More batches than the receive buffer holds: fetching so many empties it.
  private static let batchesInBuffer = 1024

  /// Opens a CAN interface, which must be up.
  ///
  /// - Parameters:
  ///   - interface: Its name, such as `can0`.
  ///   - identifiers: The frames to receive; everything if it is empty or longer than 512. Error
  ///     frames are received always.
  ///   - stop: A descriptor that ends waiting when it becomes readable; -1 for none.
  /// - Throws: If there is no such interface, it is not a CAN interface, it is down, or the kernel
  ///   does not give out CAN sockets.
  package init(
    interface: String, receiving identifiers: [CANIdentifier] = [], stop: CInt = -1
  ) throws(SourceError) {
    let present = try Self.find(interface)
    do throws(CallFailure) {
      socket = try CANSocket(present, receiving: identifiers)
    } catch {
      throw Self.error(error, opening: interface)
    }
    watch = InterfaceWatch(index: present.index)
    buses = BusNames([interface])
    _ = clock.passed(.now())
    self.interface = interface
    self.identifiers = identifiers
    self.stop = stop
  }

  package mutating func read(
    into batch: inout FrameBatch, waitingMilliseconds: Int32
  ) throws(SourceError) -> SourceState {
    do throws(CallFailure) {
      return try read(into: &batch, before: Deadline(milliseconds: waitingMilliseconds))
    } catch {
      throw .failed(interface, error)
    }
  }

  private mutating func read(
    into batch: inout FrameBatch, before deadline: Deadline
  ) throws(CallFailure) -> SourceState {
    let (oldFrames, oldEvents, oldLink) = (batch.frames.count, batch.events.count, link)
    repeat {
      let isUp = link == .up
      let pause = isUp ? deadline : deadline.orSooner(SystemClock.monotonic + Self.lookInterval)
      switch try Wait.until(isUp ? socket.rawValue : -1, isReadyOr: stop, before: pause) {
      case .stopped:
        // What was received before the word to stop came is not lost.
        if isUp { try receive(into: &batch, batches: Self.batchesInBuffer) }
        return .stopped
      case .ready: try receive(into: &batch, batches: Self.batchesPerRead)
      case .timedOut where isUp: noteIdle(&batch)
      case .timedOut: try look(&batch)
      }
    } while batch.frames.count == oldFrames && batch.events.count == oldEvents && link == oldLink
      && !deadline.hasPassed(at: SystemClock.monotonic)
    return .open
  }
}

extension SocketCANSource {
  /// Fetches at most so many batches, and begins an outage if the socket tells of one.
  private mutating func receive(
    into batch: inout FrameBatch, batches: Int
  ) throws(CallFailure) {
    try fetch(into: &batch, batches: batches)
    guard link != .up else { return }
    // The socket told of the outage before it gave away the frames that it still holds.
    try fetch(into: &batch, batches: Self.batchesInBuffer)
    batch.append(event(.interfaceDown))
    try look(&batch)
  }

  private mutating func fetch(
    into batch: inout FrameBatch, batches: Int
  ) throws(CallFailure) {
    for _ in 0..<batches {
      do throws(CallFailure) {
        let count = try socket.receive(into: &received, bus: 0)
        noteClock(&batch)
        for message in received { append(message, to: &batch) }
        guard count == CANSocket.batchSize else {
          placeStep(&batch)
          return
        }
      } catch {
        if error.code == EAGAIN {
          noteIdle(&batch)
          return
        }
        guard InterfaceWatch.isOutage(error.code) else { throw error }
        watch.socketFailed(error.code)
      }
    }
  }

  /// Appends a frame, after the events that came before it.
  private mutating func append(_ message: ReceivedMessage, to batch: inout FrameBatch) {
    if let step = unplacedStep, step.precedes(message.frame.timestamp) { placeStep(&batch) }
    if let count = message.lossCount, let lost = losses.advanced(to: count) {
      batch.append(
        BusEvent(.framesDropped(lost), timestamp: message.frame.timestamp, bus: message.frame.bus))
    }
    batch.append(message.frame)
  }
}

extension SocketCANSource {
  /// Looks whether an interface that was away is back.
  private mutating func look(_ batch: inout FrameBatch) throws(CallFailure) {
    noteClock(&batch)
    placeStep(&batch)
    switch watch.looked(at: try NetworkInterface.named(interface)) {
    case .keepWaiting: return
    case .resume: break
    case .rebind(let present):
      do throws(CallFailure) {
        socket = try CANSocket(present, receiving: identifiers)
      } catch {
        // It went away again meanwhile, or something else took its name.
        guard InterfaceWatch.isOutage(error.code) else { throw error }
        return
      }
      watch.rebound(to: present)
      losses = LossCounter()
    }
    batch.append(event(.interfaceUp))
  }

  /// Call when the socket holds no frames: what happened, happened after the last one.
  private mutating func noteIdle(_ batch: inout FrameBatch) {
    noteClock(&batch)
    placeStep(&batch)
    if let count = socket.lossCount(), let lost = losses.advanced(to: count) {
      batch.append(event(.framesDropped(lost)))
    }
  }

  /// Call after frames were fetched and before they are appended: they are older than this.
  private mutating func noteClock(_ batch: inout FrameBatch) {
    guard let step = clock.passed(.now()) else { return }
    placeStep(&batch)
    unplacedStep = step
  }

  private mutating func placeStep(_ batch: inout FrameBatch) {
    guard let step = unplacedStep else { return }
    unplacedStep = nil
    batch.append(
      BusEvent(.clockStep(nanoseconds: step.nanoseconds), timestamp: step.noticed, bus: 0))
  }

  private func event(_ kind: BusEvent.Kind) -> BusEvent {
    BusEvent(kind, timestamp: SystemClock.realtime, bus: 0)
  }
}

extension SocketCANSource {
  /// The interface of that name, if it is one that frames can be received from.
  private static func find(_ name: String) throws(SourceError) -> NetworkInterface {
    let found: NetworkInterface?
    do throws(CallFailure) {
      found = try NetworkInterface.named(name)
    } catch {
      throw .failed(name, error)
    }
    guard let found else {
      throw CANSocket.isKnownToKernel
        ? .noSuchInterface(name, canInterfaces: NetworkInterface.canNames())
        : .kernelWithoutCAN(name)
    }
    guard found.isCAN else { throw .notCAN(name, canInterfaces: NetworkInterface.canNames()) }
    guard found.isUp else { throw .interfaceDown(name) }
    return found
  }

  /// What a failure to open a socket means.
  static func error(_ failure: CallFailure, opening name: String) -> SourceError {
    switch failure.code {
    case EAFNOSUPPORT, EPROTONOSUPPORT: .kernelWithoutCAN(name)
    case EPERM, EACCES: .notPermitted(name, failure)
    case ENETDOWN: .interfaceDown(name)
    case ENODEV, ENXIO: .noSuchInterface(name, canInterfaces: NetworkInterface.canNames())
    default: .failed(name, failure)
    }
  }
}
