import Glibc

/// The way from an endpoint to a link that can be talked over, step by step, so that nothing waits.
struct AdapterConnection: ~Copyable, Sendable {
  /// How long looking up or connecting may take, in nanoseconds.
  static let patience: Int64 = 5_000_000_000

  /// The host that is being looked up.
  private var lookup: NameLookup?
  private var link: AdapterLink?
  /// The addresses to try if the present one fails.
  private var others: [SocketAddress] = []
  private(set) var isConnected = false

  /// What to wait for.
  var descriptor: CInt {
    switch link {
    case .some(let link): link.rawValue
    case .none: lookup?.descriptor ?? -1
    }
  }

  var purpose: Wait.Purpose { link != nil && !isConnected ? .writing : .reading }

  /// Begins the way to an endpoint; a serial port is open at once.
  init(to endpoint: inout AdapterEndpoint) throws(ConnectionFailure) {
    switch endpoint {
    case .network(let address):
      do throws(CallFailure) {
        lookup = try NameLookup.start(address, isDatagram: false)
      } catch {
        throw .call(error)
      }
    case .serial(let port, var paths):
      link = try Self.open(port, &paths)
      isConnected = true
      endpoint = .serial(port, paths)
    }
  }

  /// Call when the descriptor is ready: goes one step on.
  mutating func advance() throws(ConnectionFailure) {
    guard link != nil else {
      switch lookup?.result {
      case .success(let addresses): try connect(to: addresses)
      case .failure(let failure): throw .lookup(failure)
      case nil: break
      }
      return
    }
    do throws(CallFailure) {
      try link?.finishConnecting()
      isConnected = true
    } catch {
      guard !others.isEmpty else { throw .call(error) }
      try connect(to: others)
    }
  }

  func read(into buffer: inout [UInt8]) throws(CallFailure) -> AdapterLink.Reading {
    switch link {
    case .some(let link): try link.read(into: &buffer)
    case .none: .nothing
    }
  }

  func say(_ command: AdapterCommand) throws(CallFailure) {
    switch link {
    case .some(let link): try link.say(command)
    case .none: break
    }
  }

  private mutating func connect(to addresses: [SocketAddress]) throws(ConnectionFailure) {
    var failure = CallFailure(call: "connect", code: EHOSTUNREACH)
    for (index, address) in addresses.enumerated() {
      do throws(CallFailure) {
        link = try AdapterLink(connectingTo: address)
        others = Array(addresses[(index + 1)...])
        return
      } catch {
        failure = error
      }
    }
    throw .call(failure)
  }

  private static func open(
    _ port: SerialPort, _ paths: inout SerialPortPaths
  ) throws(ConnectionFailure) -> AdapterLink {
    var failure = CallFailure(call: "open", code: ENOENT)
    for path in paths.candidates {
      do throws(CallFailure) {
        let link = try AdapterLink(port, path: path)
        paths.hasOpened()
        return link
      } catch {
        failure = error
      }
    }
    throw .call(failure)
  }
}

/// Why an endpoint cannot be reached.
enum ConnectionFailure: Error, Hashable, Sendable {
  case call(CallFailure)
  case lookup(NameLookupFailure)
  /// Nothing came of it in time.
  case timedOut
}
