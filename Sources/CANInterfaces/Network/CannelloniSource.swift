package import CANFrames
import CSocketCAN
import Glibc

/// Frames that a cannelloni sends in UDP datagrams to a port of this machine.
///
/// The protocol carries no times: frames are dated when they arrive. A datagram that did not come
/// shows by the number of the next; each counts as one frame lost, though it may have held more.
/// Only the first sender is listened to, until it has been silent for ten seconds.
package struct CannelloniSource: FrameSource, ~Copyable {
  private static let senderSilence: Int64 = 10_000_000_000
  private static let datagramsPerRead = 256
  private static let longestDatagram = 65_536
  /// What a burst may need while nobody reads.
  private static let receiveBufferBytes: CInt = 1 << 20

  package let name: String
  package let buses: BusNames
  private let stop: CInt
  private let tell: RemarkListener
  private let descriptor: Descriptor
  private var sender: SocketAddress?
  private var lastHeard: Int64?
  private var counter = SequenceCounter()
  private var rejections = RejectionCounter()
  private var clock = ClockWatch()
  private var buffer = [UInt8](repeating: 0, count: longestDatagram)

  /// Binds a port.
  ///
  /// - Parameters:
  ///   - address: This machine's address at which datagrams arrive, empty for all of them.
  ///   - name: As the user wrote it.
  ///   - stop: A descriptor that ends waiting when it becomes readable; -1 for none.
  ///   - tell: Takes what is not a frame or an event.
  /// - Throws: If the address is not this machine's, or another program has the port.
  package init(
    _ address: NetworkAddress, name: String, stop: CInt = -1, tell: @escaping RemarkListener
  ) throws(SourceError) {
    do throws(ConnectionFailure) {
      descriptor = try Self.bind(address, stop: stop)
    } catch {
      throw .unreachable(name, address, error.reason)
    }
    self.name = name
    self.stop = stop
    self.tell = tell
    buses = BusNames(["cannelloni:\(address.port)"])
    _ = clock.passed(.now())
    tell(SourceRemark(name, .listening("waiting for datagrams at \(address)")))
  }

  package mutating func read(
    into batch: inout FrameBatch, waitingMilliseconds: Int32
  ) throws(SourceError) -> SourceState {
    let deadline = Deadline(milliseconds: waitingMilliseconds)
    let (oldFrames, oldEvents) = (batch.frames.count, batch.events.count)
    do throws(CallFailure) {
      repeat {
        let waited = try Wait.until(descriptor.rawValue, isReadyOr: stop, before: deadline)
        if let step = clock.passed(.now()) {
          let kind = BusEvent.Kind.clockStep(nanoseconds: step.nanoseconds)
          batch.append(BusEvent(kind, timestamp: step.noticed, bus: 0))
        }
        if waited != .timedOut { try receive(into: &batch) }
        if waited == .stopped { return .stopped }
      } while batch.frames.count == oldFrames && batch.events.count == oldEvents
        && !deadline.hasPassed(at: SystemClock.monotonic)
    } catch {
      throw .failed(name, error)
    }
    return .open
  }

  deinit {
    for remark in rejections.untold { tell(SourceRemark(name, remark)) }
  }
}

extension CannelloniSource {
  private mutating func receive(into batch: inout FrameBatch) throws(CallFailure) {
    for _ in 0..<Self.datagramsPerRead {
      guard let (count, from) = try receiveDatagram() else { return }
      let datagram = buffer
      take(datagram.span.extracting(0..<count), from: from, into: &batch)
    }
  }

  private mutating func take(
    _ bytes: Span<UInt8>, from: SocketAddress, into batch: inout FrameBatch
  ) {
    let now = ClockReading.now()
    let isSilent = lastHeard.map { now.monotonic - $0 >= Self.senderSilence } ?? true
    if sender != from, isSilent {
      sender = from
      lastHeard = nil
      counter = SequenceCounter()
    }
    switch CannelloniDatagram.read(bytes) {
    case .data(let datagram) where sender == from:
      lastHeard = now.monotonic
      let missing = counter.missing(before: datagram.sequence)
      if missing > 0 {
        batch.append(BusEvent(.framesDropped(missing), timestamp: now.realtime, bus: 0))
      }
      for var frame in datagram.frames {
        frame.timestamp = now.realtime
        batch.append(frame)
      }
      for _ in 0..<datagram.flexibleCount { report(rejections.rejectFlexible()) }
    case .control where sender == from: break
    case .data, .control: report(rejections.reject("from another sender".utf8))
    case .garbage:
      var start: [UInt8] = []
      for index in 0..<min(40, bytes.count) { start.append(bytes[index]) }
      report(rejections.reject(start))
    }
  }

  private func report(_ remark: SourceRemark.Kind?) {
    if let remark { tell(SourceRemark(name, remark)) }
  }

  /// The length of the next datagram and who sent it; `nil` if there is none.
  private mutating func receiveDatagram() throws(CallFailure) -> (Int, SocketAddress)? {
    var from = sockaddr_storage()
    var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
    let count = unsafe buffer.withUnsafeMutableBytes { buffer in
      unsafe withUnsafeMutablePointer(to: &from) { from in
        unsafe from.withMemoryRebound(to: sockaddr.self, capacity: 1) { from in
          unsafe recvfrom(descriptor.rawValue, buffer.baseAddress, buffer.count, 0, from, &size)
        }
      }
    }
    guard count >= 0 else {
      guard errno == EAGAIN || errno == EINTR else { throw .ofLast("recvfrom") }
      return nil
    }
    let family = CInt(from.ss_family)
    let address = unsafe withUnsafeBytes(of: &from) { bytes in
      let used = unsafe UnsafeRawBufferPointer(rebasing: bytes.prefix(Int(size)))
      return unsafe SocketAddress(family: family, copying: used)
    }
    return (count, address)
  }

  private static func bind(
    _ address: NetworkAddress, stop: CInt
  ) throws(ConnectionFailure) -> Descriptor {
    let addresses = try lookUp(address, stop: stop)
    var failure = CallFailure(call: "bind", code: EADDRNOTAVAIL)
    for address in addresses {
      do throws(CallFailure) {
        let kind =
          CInt(SOCK_DGRAM.rawValue) | CInt(SOCK_NONBLOCK.rawValue) | CInt(SOCK_CLOEXEC.rawValue)
        let descriptor = try Descriptor("socket", adopting: socket(address.family, kind, 0))
        try descriptor.set(SOL_SOCKET, SO_RCVBUF, receiveBufferBytes)
        let result = unsafe address.withPointer { pointer, length in
          unsafe Glibc.bind(descriptor.rawValue, pointer, length)
        }
        guard result == 0 else { throw .ofLast("bind") }
        return descriptor
      } catch {
        failure = error
      }
    }
    throw .call(failure)
  }

  private static func lookUp(
    _ address: NetworkAddress, stop: CInt
  ) throws(ConnectionFailure) -> [SocketAddress] {
    let lookup: NameLookup
    do throws(CallFailure) {
      lookup = try NameLookup.start(address, isDatagram: true)
      let patience = Deadline(milliseconds: Int32(AdapterConnection.patience / 1_000_000))
      _ = try Wait.until(lookup.descriptor, isReadyOr: stop, before: patience)
    } catch {
      throw .call(error)
    }
    switch lookup.result {
    case .success(let addresses): return addresses
    case .failure(let failure): throw .lookup(failure)
    case nil: throw .timedOut
    }
  }
}
