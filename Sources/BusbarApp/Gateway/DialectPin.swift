import BMSDialects
import Foundation

/// The dialect that a battery was found to speak, kept across restarts.
///
///     house.dialect.json: {"dialect":"rec","since":"2026-11-22T10:00:01Z"}
struct DialectPin: Sendable {
  private struct Contents: Codable {
    var dialect: String
    var since: String
  }

  private let folder: StateFolder
  private let name: String

  init(folder: StateFolder, battery: String) {
    self.folder = folder
    name = "\(battery).dialect.json"
  }

  /// The dialect that was kept, if there is one and this program still has it.
  func dialect() -> Dialect? {
    guard let text = folder.read(name),
      let contents = try? JSONDecoder().decode(Contents.self, from: Data(text.utf8))
    else { return nil }
    return DialectAtlas.dialect(named: contents.dialect)
  }

  /// Keeps a dialect.
  ///
  /// - Parameters:
  ///   - dialect: Its name in the atlas.
  ///   - since: When it was found, as text.
  /// - Throws: ``StateFolder/Failure`` if the folder cannot be written.
  func keep(_ dialect: String, since: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let data = try encoder.encode(Contents(dialect: dialect, since: since))
    try folder.write(String(decoding: data, as: UTF8.self) + "\n", to: name)
  }
}
