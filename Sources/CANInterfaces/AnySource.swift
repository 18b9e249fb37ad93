package import CANFrames

/// Any source, opened from what a user wrote.
///
/// The one place that knows which source a ``SourceSpecification`` stands for.
package enum AnySource: FrameSource, ~Copyable {
  case interface(SocketCANSource)
  case log(FileSource)
  case adapter(AdapterSource)
  case datagrams(CannelloniSource)
  case loopback(LoopbackSource)
  case merged(MergedSource)
  /// A source of another module.
  case other(any FrameSource & ~Copyable)

  /// Opens a source.
  ///
  /// - Parameters:
  ///   - specification: What to open.
  ///   - identifiers: The frames to receive, where that can be chosen; everything if it is empty.
  ///   - stop: A descriptor that ends waiting when it becomes readable; -1 for none.
  ///   - tell: Takes what the source has to say beside frames and events.
  /// - Throws: Why it cannot be opened; `SourceError.simulation` for the simulator, which is not
  ///   a source of this module.
  package init(
    opening specification: SourceSpecification, receiving identifiers: [CANIdentifier] = [],
    stop: CInt = -1, tell: @escaping RemarkListener
  ) throws(SourceError) {
    let name = specification.description
    switch specification {
    case .interface(let name):
      self = .interface(try SocketCANSource(interface: name, receiving: identifiers, stop: stop))
    case .file(let path): self = .log(try FileSource(path, stop: stop))
    case .standardInput: self = .log(try FileSource("-", stop: stop))
    case .serialLine(let settings):
      self = .adapter(
        try AdapterSource(
          .serial(settings.port, SerialPortPaths(settings.port.path)), LawicelSession(settings),
          name: name, stop: stop, tell: tell))
    case .gvret(let settings):
      let endpoint: AdapterEndpoint =
        switch settings.endpoint {
        case .network(let address): .network(address)
        case .serial(let port): .serial(port, SerialPortPaths(port.path))
        }
      self = .adapter(
        try AdapterSource(endpoint, GVRETSession(settings), name: name, stop: stop, tell: tell))
    case .socketcand(let address, let bus):
      self = .adapter(
        try AdapterSource(
          .network(address), SocketcandSession(address, bus: bus), name: name, stop: stop,
          tell: tell))
    case .cannelloni(let address):
      self = .datagrams(try CannelloniSource(address, name: name, stop: stop, tell: tell))
    case .simulator: throw .simulation("\(name): a simulated battery cannot be listened to here")
    }
  }

  package var buses: BusNames {
    switch self {
    case .interface(let source): source.buses
    case .log(let source): source.buses
    case .adapter(let source): source.buses
    case .datagrams(let source): source.buses
    case .loopback(let source): source.buses
    case .merged(let source): source.buses
    case .other(let source): source.buses
    }
  }

  /// What was read so far of a log; `nil` of any other source.
  package var logCounts: LogCounts? {
    switch self {
    case .log(let source): source.counts
    default: nil
    }
  }

  package mutating func read(
    into batch: inout FrameBatch, waitingMilliseconds: Int32
  ) throws(SourceError) -> SourceState {
    let state: Result<SourceState, SourceError>
    switch consume self {
    case .interface(var source):
      state = source.reading(into: &batch, waitingMilliseconds)
      self = .interface(source)
    case .log(var source):
      state = source.reading(into: &batch, waitingMilliseconds)
      self = .log(source)
    case .adapter(var source):
      state = source.reading(into: &batch, waitingMilliseconds)
      self = .adapter(source)
    case .datagrams(var source):
      state = source.reading(into: &batch, waitingMilliseconds)
      self = .datagrams(source)
    case .loopback(var source):
      state = source.reading(into: &batch, waitingMilliseconds)
      self = .loopback(source)
    case .merged(var source):
      state = source.reading(into: &batch, waitingMilliseconds)
      self = .merged(source)
    case .other(var source):
      state = source.reading(into: &batch, waitingMilliseconds)
      self = .other(source)
    }
    return try state.get()
  }
}

extension FrameSource where Self: ~Copyable {
  /// Reads, with a failure as a value: an enum's payload has to be put back before it is thrown.
  fileprivate mutating func reading(
    into batch: inout FrameBatch, _ milliseconds: Int32
  ) -> Result<SourceState, SourceError> {
    do throws(SourceError) {
      return .success(try read(into: &batch, waitingMilliseconds: milliseconds))
    } catch {
      return .failure(error)
    }
  }
}
