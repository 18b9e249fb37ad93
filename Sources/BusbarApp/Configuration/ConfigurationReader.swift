import BatteryModel
import CANInterfaces
import Logging
import Publishers

/// Turns what was written into settings, and collects everything that is wrong on the way.
struct ConfigurationReader {
  private let file: ConfigurationFile
  private let overrides: [Setting: SettingValue]
  private let surroundings: ConfigurationSurroundings
  var settings = GatewaySettings()
  private(set) var mistakes: [ConfigurationMistake]
  /// Lines that are no mistakes, such as an interface that is not there yet.
  private(set) var notes: [String] = []
  /// Every setting with its origin; means nothing if there are mistakes.
  private(set) var listing = ConfigurationListing()

  /// - Parameters:
  ///   - file: What the file says; empty for none.
  ///   - hasFile: Whether there is a file.
  ///   - overrides: What flags and variables say.
  ///   - surroundings: What paths are relative to.
  init(
    _ file: ConfigurationFile, hasFile: Bool, overrides: ConfigurationOverrides,
    surroundings: ConfigurationSurroundings
  ) {
    self.file = file
    self.overrides = overrides.values
    self.surroundings = surroundings
    mistakes = file.mistakes
    settings.waitsForSources = hasFile
    readTop()
    let batteries = batteryValues()
    for values in batteries { readBattery(values) }
    let destinations = destinationValues()
    for values in destinations { readDestination(values) }
    refuseDoubles(file)
    settings.recorder = readRecorder(file, overrides.values, surroundings)
    listing = ConfigurationListing(
      settings, top: (file.top.merging(overrides.values) { $1 }),
      batteries: batteries.map(\.values), destinations: destinations.map(\.values),
      recorder: (file.recorder ?? [:]).merging(overrides.values) { $1 })
  }

  mutating func refuse(_ origin: SettingOrigin, _ message: String) {
    mistakes.append(ConfigurationMistake(origin, message))
  }

  private func top(_ setting: Setting) -> SettingValue? { overrides[setting] ?? file.top[setting] }

  private mutating func readTop() {
    if let value = top(.logLevel) {
      if let level = Self.logLevels.first(where: { $0.rawValue == value.text.lowercased() }) {
        settings.logLevel = level
      } else {
        let names = Self.logLevels.map(\.rawValue)
        let near = Spelling.nearest(to: value.text, among: names)
        refuse(
          value.origin,
          "'\(value.text)' is no log level; "
            + (near.map { "did you mean '\($0)'?" } ?? "write \(names.joined(separator: ", "))"))
      }
    }
    settings.stateFolder =
      top(.stateFolder).map { surroundings.path($0) } ?? surroundings.stateFolder
    if let value = top(.stateFolder), let folder = settings.stateFolder {
      settings.isStateFolderChosen = true
      do throws(StateFolder.Failure) {
        try StateFolder(folder).prepare()
      } catch {
        mistakes.append(ConfigurationMistake(value.origin, "\(error)", kind: .outside))
      }
    }
    let socket = top(.statusSocket)
    let path = socket.map { surroundings.path($0) } ?? surroundings.statusSocket
    settings.statusSocket = socket?.text == "off" ? nil : path
    // The kernel's address of a Unix socket has room for 107 bytes.
    if let socket, settings.statusSocket != nil, path.utf8.count > 107 {
      refuse(socket.origin, "a socket's path has at most 107 bytes, this one \(path.utf8.count)")
    }
  }

  private static let logLevels: [Logger.Level] = [.debug, .info, .notice, .warning, .error]
}

extension ConfigurationReader {
  /// The batteries as the file and the overrides together have them.
  private mutating func batteryValues() -> [ConfigurationFile.Entry] {
    let changes = overrides.filter { $0.key.details.section == .battery }
    guard !file.batteries.isEmpty else {
      if changes[.source] != nil {
        return [ConfigurationFile.Entry(values: changes, origin: .nowhere)]
      }
      let isTold = !file.mistakes.isEmpty
      if !isTold { refuse(.nowhere, "no battery: name a source with --source, or in 'batteries'") }
      return []
    }
    var entries = file.batteries
    guard let change = changes.values.min(by: { "\($0.origin)" < "\($1.origin)" }) else {
      return entries
    }
    if entries.count == 1 {
      entries[0].values.merge(changes) { $1 }
    } else if let id = changes[.batteryId],
      let index = entries.firstIndex(where: { $0.values[.batteryId]?.text == id.text })
    {
      entries[index].values.merge(changes) { $1 }
    } else {
      refuse(
        changes[.batteryId]?.origin ?? change.origin,
        "the file has \(entries.count) batteries; say which one with --battery-id and its id")
    }
    return entries
  }

  /// The destinations as the file and the overrides together have them.
  private mutating func destinationValues() -> [ConfigurationFile.Entry] {
    let changes = overrides.filter { $0.key.details.section == .signalK }
    if changes[.destination] != nil {
      return [ConfigurationFile.Entry(values: changes, origin: .nowhere)]
    }
    guard !file.destinations.isEmpty else {
      if file.mistakes.isEmpty {
        refuse(.nowhere, "no destination: name one with --signalk, or with 'signalk'")
      }
      return []
    }
    var entries = file.destinations
    if entries.count == 1 {
      entries[0].values.merge(changes) { $1 }
    } else if let change = changes.values.first {
      refuse(
        change.origin,
        "the file has \(entries.count) destinations; name the one that is meant "
          + "with --signalk")
    }
    return entries
  }
}

extension ConfigurationReader {
  private mutating func readBattery(_ entry: ConfigurationFile.Entry) {
    let values = entry.values
    let voltage = readNumber(values[.nominalVoltage], "a positive number of volts, such as 12.8")
    let identity = readIdentity(entry, voltage)
    let choice = readDialect(values[.dialect])
    let speed = readSpeed(values[.replaySpeed])
    let isLooping = readFlag(values[.replayLoop])
    let inputFormat = readFormat(values[.inputFormat])
    let secondsEastOfUTC = readZone(values[.utcOffset])
    guard let source = values[.source] else {
      // What was written and could not be read has been told of.
      if !mistakes.contains(where: { $0.message.hasPrefix("'source'") }) {
        refuse(entry.origin, "'source' is missing, such as 'source: can0'")
      }
      return
    }
    let name = surroundings.source(source)
    check(source, name)
    guard let identity, let choice else { return }
    settings.batteries.append(
      BatterySettings(
        signalK: identity, source: name, dialect: values[.dialect]?.text ?? "auto", choice: choice,
        speed: speed, isLooping: isLooping, inputFormat: inputFormat,
        secondsEastOfUTC: secondsEastOfUTC))
  }

  private mutating func readIdentity(
    _ entry: ConfigurationFile.Entry, _ voltage: Double?
  ) -> SignalKBattery? {
    let id = entry.values[.batteryId]
    if id == nil, file.batteries.count > 1 {
      refuse(entry.origin, "'id' is missing: with several batteries each needs its own")
      return nil
    }
    let cellPaths = readCells(entry.values[.cellPaths])
    do throws(SignalKError) {
      return try SignalKBattery(
        id: id?.text ?? "house", name: entry.values[.batteryName]?.text, nominalVoltage: voltage,
        cellPaths: cellPaths)
    } catch {
      let origin =
        switch error {
        case .invalidNominalVoltage: entry.values[.nominalVoltage]?.origin
        default: id?.origin
        }
      refuse(origin ?? entry.origin, "\(error)")
      return nil
    }
  }

  private mutating func readDialect(_ value: SettingValue?) -> DialectChoice? {
    guard let value, value.text != "auto" else { return .automatic }
    let isPath = value.text.contains("/") || value.text.lowercased().hasSuffix(".dbc")
    do throws(DialectChoiceError) {
      return try DialectChoice(isPath ? surroundings.path(value) : value.text)
    } catch {
      refuse(value.origin, "\(error)")
      return nil
    }
  }

  private mutating func readNumber(_ value: SettingValue?, _ expected: String) -> Double? {
    guard let value else { return nil }
    guard let number = Double(value.text), number.isFinite, number > 0 else {
      refuse(value.origin, "'\(value.text)': expected \(expected)")
      return nil
    }
    return number
  }

  private mutating func readFlag(_ value: SettingValue?) -> Bool {
    guard let value else { return false }
    switch value.text.lowercased() {
    case "true", "yes", "on", "1": return true
    case "false", "no", "off", "0": return false
    default:
      refuse(value.origin, "'\(value.text)': expected true or false")
      return false
    }
  }

  /// Tells of a source that can never be one; one that may still come is only noted.
  private mutating func check(_ value: SettingValue, _ name: String) {
    do throws(SourceError) {
      _ = try SourceSpecification(parsing: name)
    } catch {
      if error.isHopeless {
        refuse(value.origin, "\(error)")
      } else if settings.waitsForSources {
        notes.append("\(error); it is waited for")
      } else {
        mistakes.append(
          ConfigurationMistake(
            value.origin, "\(error)", kind: error.isUsage ? .setting : .outside))
      }
    }
  }
}

extension ConfigurationReader {
  private mutating func readDestination(_ entry: ConfigurationFile.Entry) {
    guard let text = entry.values[.destination] else { return }
    let tokenFile = entry.values[.tokenFile].map { value in
      TokenFile(path: surroundings.path(value, isSecret: true))
    }
    if let tokenFile, let value = entry.values[.tokenFile] {
      do throws(SignalKError) {
        _ = try tokenFile.read()
      } catch {
        refuse(value.origin, "\(error)")
      }
    }
    let isEncrypted = !text.text.hasPrefix("ws://") && !text.text.hasPrefix("http://")
    let certificate =
      isEncrypted ? readCertificate(entry.values[.tlsFingerprint]) : .trustedBySystem
    do throws(SignalKError) {
      settings.destinations.append(
        DestinationSettings(
          text: text.text, destination: try SignalKDestination(parsing: text.text),
          tokenFile: tokenFile, certificate: certificate))
    } catch {
      refuse(text.origin, "\(error)")
    }
    if let fingerprint = entry.values[.tlsFingerprint], !isEncrypted {
      refuse(fingerprint.origin, "a fingerprint is for encrypted connections; write wss://…")
    }
  }

  private mutating func readCertificate(
    _ value: SettingValue?
  ) -> DestinationSettings.Certificate {
    guard let value else { return .trustedBySystem }
    if value.text == "first-use" { return .first }
    do throws(SignalKError) {
      return .pinned(try CertificateFingerprint(parsing: value.text))
    } catch {
      refuse(value.origin, "\(error)")
      return .trustedBySystem
    }
  }

  private mutating func readCells(_ value: SettingValue?) -> SignalKCellPaths {
    guard let value else { return .cells }
    if let paths = SignalKCellPaths(rawValue: value.text) { return paths }
    let names = SignalKCellPaths.allCases.map(\.rawValue).joined(separator: ", ")
    refuse(value.origin, "'\(value.text)': expected one of \(names)")
    return .cells
  }
}
