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

  /// Opens a CAN interface, which must be up.
  ///
  /// - Parameters:
  ///   - interface: Its name, such as `can0`.
  ///   - identifiers: The frames to receive; everything if it is empty or longer than 512. Error
  ///     frames are received always.
  ///   - stop: A descriptor that ends waiting when it becomes readable; -1 for none.
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
        noteIdle(&batch)
        return .stopped
      case .ready: try receive(into: &batch)
      case .timedOut where isUp: noteIdle(&batch)
      case .timedOut: try look(&batch)
      }
    } while batch.frames.count == oldFrames && batch.events.count == oldEvents && link == oldLink
      && !deadline.hasPassed(at: SystemClock.monotonic)
    return .open
  }
}

extension SocketCANSource {
  /// Fetches what is there.
  private mutating func receive(into batch: inout FrameBatch) throws(CallFailure) {
    for _ in 0..<Self.batchesPerRead where try fetch(into: &batch) < CANSocket.batchSize { return }
  }

  /// Fetches one batch; returns how many messages it had, 0 if there is nothing more.
  private mutating func fetch(into batch: inout FrameBatch) throws(CallFailure) -> Int {
    do throws(CallFailure) {
      let count = try socket.receive(into: &received, bus: 0)
      noteClock(&batch)
      for message in received { append(message, to: &batch) }
      if count < CANSocket.batchSize { placeStep(&batch) }
      return count
    } catch {
      if error.code == EINTR { return CANSocket.batchSize }
      if error.code == EAGAIN {
        noteIdle(&batch)
      } else if InterfaceWatch.isOutage(error.code) {
        try interfaceFailed(error.code, &batch)
      } else {
        throw error
      }
      return 0
    }
  }

  /// Appends a frame after the events that happened before it.
  private func append(_ message: ReceivedMessage, to batch: inout FrameBatch) {
  }
}
