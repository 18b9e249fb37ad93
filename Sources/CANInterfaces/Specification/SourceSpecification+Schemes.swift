extension SourceSpecification {
  /// Understands what follows a scheme.
  init(_ scheme: SourceScheme, _ rest: Substring) throws(SourceSyntaxFault) {
    if scheme == .simulator {
      self = .simulator(String(rest))
      return
    }
    let query = try SourceQuery(rest, keys: scheme.keys)
    switch scheme {
    case .serialLine: self = .serialLine(try Self.serialLine(query))
    case .gvretSerial:
      let port = try Self.port(query, assuming: .assumedForGVRET)
      self = .gvret(try Self.gvret(.serial(port), query))
    case .gvret:
      let address = try NetworkAddress(parsing: query.address[...], defaultPort: 23)
      self = .gvret(try Self.gvret(.network(address), query))
    case .socketcand: self = try Self.socketcand(query)
    case .cannelloni:
      self = .cannelloni(
        try NetworkAddress(parsing: query.address[...], defaultPort: nil, needsHost: false))
    case .simulator: self = .simulator(String(rest))
    }
  }

  private static func serialLine(
    _ query: SourceQuery
  ) throws(SourceSyntaxFault) -> SerialLineSettings {
    let rates = LawicelBitRate.allCases.map { ("\($0.rawValue)", $0) }
    let firmwares = SerialLineSettings.Firmware.allCases.map { ($0.rawValue, $0) }
    return SerialLineSettings(
      port: try port(query, assuming: .assumed), bitRate: try query.value("bitrate", rates),
      usesTimeStamps: try query.value("timestamps", [("on", true), ("off", false)]) ?? true,
      firmware: try query.value("firmware", firmwares))
  }

  private static func port(
    _ query: SourceQuery, assuming speed: SerialSpeed
  ) throws(SourceSyntaxFault) -> SerialPort {
    guard !query.address.isEmpty else { throw .noDevice }
    let speeds = SerialSpeed.all.map { ("\($0.bitsPerSecond)", $0) }
    return SerialPort(path: query.address, baud: try query.value("baud", speeds) ?? speed)
  }

  private static func gvret(
    _ endpoint: GVRETSettings.Endpoint, _ query: SourceQuery
  ) throws(SourceSyntaxFault) -> GVRETSettings {
    // Its bit rate can be any; those that are used are enough.
    let rates = LawicelBitRate.allCases.map { ("\($0.rawValue)", $0.rawValue) }
    return GVRETSettings(
      endpoint: endpoint, bitRate: try query.value("bitrate", rates),
      bus: try query.value("bus", GVRETSettings.Bus.allCases.map { ("\($0.rawValue)", $0) }))
  }

  private static func socketcand(_ query: SourceQuery) throws(SourceSyntaxFault) -> Self {
    let parts = query.address.split(
      separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    let address = try NetworkAddress(parsing: parts.first ?? "", defaultPort: 29_536)
    guard parts.count == 2, !parts[1].isEmpty else { throw .noBus }
    guard let bus = SocketcandBusName(String(parts[1])) else { throw .badBus(String(parts[1])) }
    return .socketcand(address, bus: bus)
  }
}

extension SourceSpecification: CustomStringConvertible {
  /// The source as it can be written on a command line.
  package var description: String {
    switch self {
    case .interface(let name): name
    case .file(let path): path
    case .standardInput: "-"
    case .serialLine(let settings): "slcan:\(settings.port.path)\(Self.query(settings))"
    case .gvret(let settings):
      switch settings.endpoint {
      case .network(let address): "gvret://\(address)\(Self.query(settings))"
      case .serial(let port): "gvret:\(port.path)\(Self.query(settings, port))"
      }
    case .socketcand(let address, let bus): "socketcand://\(address)/\(bus.text)"
    case .cannelloni(let address): "cannelloni://\(address)"
    case .simulator(let rest): "sim:\(rest)"
    }
  }

  /// What was set and is not what is assumed anyway.
  private static func query(_ settings: SerialLineSettings) -> String {
    let more =
      (settings.usesTimeStamps ? [] : ["timestamps=off"])
      + (settings.firmware.map { ["firmware=\($0.rawValue)"] } ?? [])
    return query(
      bitRate: settings.bitRate?.rawValue, settings.port, assuming: .assumed, more: more)
  }

  private static func query(_ settings: GVRETSettings, _ port: SerialPort? = nil) -> String {
    query(
      bitRate: settings.bitRate, port, assuming: .assumedForGVRET,
      more: settings.bus.map { ["bus=\($0.rawValue)"] } ?? [])
  }

  private static func query(
    bitRate: Int?, _ port: SerialPort? = nil, assuming speed: SerialSpeed? = nil,
    more: [String] = []
  ) -> String {
    var settings = bitRate.map { ["bitrate=\($0)"] } ?? []
    if let port, port.baud != speed { settings.append("baud=\(port.baud.bitsPerSecond)") }
    settings += more
    return settings.isEmpty ? "" : "?" + settings.joined(separator: "&")
  }
}
