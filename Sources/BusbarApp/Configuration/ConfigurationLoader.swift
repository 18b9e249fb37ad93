import Foundation

/// Finds, reads and checks the configuration; the same again when it is to be reloaded.
package struct ConfigurationLoader: Sendable {
  /// Where a file is looked for that nobody named, in this order.
  package static let usualPlaces = ["busbar.yaml", "/etc/busbar/busbar.yaml"]

  /// The file that was named, or found in a usual place.
  package let path: String?
  private let overrides: ConfigurationOverrides
  private let environment: [String: String]

  /// - Parameters:
  ///   - path: The file that `--config` names, if it does.
  ///   - flags: What else the command line says.
  ///   - environment: The process's variables.
  package init(path: String?, flags: [Setting: String] = [:], environment: [String: String]) {
    overrides = ConfigurationOverrides(flags: flags, environment: environment)
    self.environment = environment
    if let named = path ?? environment["BUSBAR_CONFIG"].flatMap({ $0.isEmpty ? nil : $0 }) {
      self.path = named
    } else {
      // Whoever says everything on the command line means nothing else.
      self.path =
        overrides.areComplete
        ? nil : Self.usualPlaces.first { FileManager.default.fileExists(atPath: $0) }
    }
  }

  /// Reads and checks.
  ///
  /// - Throws: Everything that is wrong, in the order of the file.
  package func load() throws(ConfigurationRefusal) -> LoadedConfiguration {
    var file = ConfigurationFile()
    if let path { file = ConfigurationFile(parsing: try text(of: path)) }
    let folder = path.map { ($0 as NSString).deletingLastPathComponent }
    let reader = ConfigurationReader(
      file, hasFile: path != nil, overrides: overrides,
      surroundings: ConfigurationSurroundings(folder: folder, environment: environment))
    guard reader.mistakes.isEmpty else {
      throw ConfigurationRefusal(reader.mistakes, file: path)
    }
    return LoadedConfiguration(
      settings: reader.settings, notes: overrides.warnings + reader.notes, path: path,
      listing: reader.listing)
  }

  private func text(of path: String) throws(ConfigurationRefusal) -> String {
    let data: Data
    do {
      // A pipe has no size that could be asked for, and /dev/zero has none at all.
      let handle = try FileHandle(forReadingFrom: URL(filePath: path))
      defer { try? handle.close() }
      data = try Self.read(handle, upTo: YAMLText.longest + 1)
    } catch {
      throw refusal(path, "cannot be read: \(Self.reason(error))", isOutside: false)
    }
    guard data.count <= YAMLText.longest else {
      throw refusal(path, "longer than 256 KiB; this is no configuration", isOutside: false)
    }
    guard let text = String(data: data, encoding: .utf8) else {
      throw refusal(path, "not text in UTF-8", isOutside: false)
    }
    return text
  }

  private static func read(_ handle: FileHandle, upTo limit: Int) throws -> Data {
    var data = Data()
    while data.count < limit {
      guard let piece = try handle.read(upToCount: limit - data.count), !piece.isEmpty else {
        break
      }
      data.append(piece)
    }
    return data
  }

  private static func reason(_ error: any Error) -> String {
    switch (error as? CocoaError)?.code {
    case .fileNoSuchFile?, .fileReadNoSuchFile?: "no such file; 'busbar config init' writes one"
    case .fileReadNoPermission?: "permission denied"
    default: "it is not a readable file"
    }
  }

  private func refusal(
    _ path: String, _ message: String, isOutside: Bool
  ) -> ConfigurationRefusal {
    ConfigurationRefusal(
      [ConfigurationMistake(.nowhere, message, kind: isOutside ? .outside : .setting)], file: path)
  }
}

/// A configuration that can be run.
package struct LoadedConfiguration: Sendable {
  package var settings: GatewaySettings
  /// What is worth a line and is no mistake.
  package var notes: [String]
  /// The file that it came from; `nil` if everything was said otherwise.
  package var path: String?
  /// Every setting as it is understood, and where it comes from.
  package var listing: ConfigurationListing
}

/// A configuration that cannot be run: everything that is wrong with it.
package struct ConfigurationRefusal: Error, Sendable, CustomStringConvertible {
  /// More lines than these help nobody.
  private static let mostLines = 50

  /// One line for each mistake, in the order of the file.
  package let lines: [String]
  package let status: ExitStatus

  init(_ mistakes: [ConfigurationMistake], file: String?) {
    let sorted = mistakes.enumerated().sorted { left, right in
      (Self.rank(left.element.origin), left.offset) < (
        Self.rank(right.element.origin), right.offset
      )
    }.map(\.element)
    var lines = sorted.prefix(Self.mostLines).map { $0.line(file: file) }
    if sorted.count > lines.count {
      lines.append("and \(sorted.count - lines.count) more mistakes")
    }
    self.lines = lines
    status = mistakes.contains { $0.kind == .setting } ? .wrongCommand : .outsideFailed
  }

  package var description: String { lines.joined(separator: "\n") }

  private static func rank(_ origin: SettingOrigin) -> Int {
    switch origin {
    case .file(let line, let column): line * 1000 + min(column, 999)
    case .flag, .variable: Int.max - 1
    case .nowhere: Int.max
    }
  }
}
