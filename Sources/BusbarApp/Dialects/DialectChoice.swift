package import BMSDialects
package import DBC
import Foundation

/// Which dialect to decode with: the one the frames speak, one of the atlas, or a user's file.
package enum DialectChoice: Sendable {
  case automatic
  case fixed(Dialect)

  /// Whether it is to be found out from the frames.
  package var isAutomatic: Bool { if case .automatic = self { true } else { false } }

  /// Resolves what a user wrote: a name of the atlas, or the path of a DBC file.
  package init(_ text: String?) throws(DialectChoiceError) {
    guard let text else {
      self = .automatic
      return
    }
    if let dialect = DialectAtlas.dialect(named: text) {
      self = .fixed(dialect)
      return
    }
    let isFile = text.contains("/") || text.lowercased().hasSuffix(".dbc")
    guard isFile || FileManager.default.fileExists(atPath: text) else {
      throw .unknownName(
        text, suggestion: DialectAtlas.nearestName(to: text),
        names: DialectAtlas.names)
    }
    self = .fixed(try Self.load(text))
  }

  /// Whether it is the same choice of the same content: a DBC file can have been edited meanwhile.
  func isSame(as other: Self) -> Bool {
    switch (self, other) {
    case (.automatic, .automatic): true
    case (.fixed(let left), .fixed(let right)): left.file == right.file
    default: false
    }
  }

  /// The largest file that is read as DBC.
  private static let sizeLimit = 64 << 20

  private static func load(_ path: String) throws(DialectChoiceError) -> Dialect {
    let bytes: [UInt8]
    do {
      let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
      bytes = Array(try handle.read(upToCount: sizeLimit + 1) ?? Data())
    } catch {
      let reason = (error as NSError).userInfo[NSUnderlyingErrorKey].map { "\($0)" }
      throw FileManager.default.fileExists(atPath: path)
        ? .unreadable(path: path, reason: reason ?? error.localizedDescription)
        : .missingFile(path: path)
    }
    guard bytes.count <= sizeLimit else {
      throw .unreadable(path: path, reason: "it is larger than 64 MB")
    }
    return try compile(bytes, name: path)
  }

  private static func compile(
    _ bytes: [UInt8], name: String
  ) throws(DialectChoiceError) -> Dialect {
    let file: DBCFile
    do throws(DBCError) {
      file = try DBCFile(parsing: bytes, name: name)
    } catch {
      throw .file(error)
    }
    do throws(DialectError) {
      return try Dialect(file)
    } catch {
      throw .dialect(error)
    }
  }
}

/// Why a dialect cannot be used.
package enum DialectChoiceError: Error, CustomStringConvertible {
  case unknownName(String, suggestion: String?, names: [String])
  case missingFile(path: String)
  case unreadable(path: String, reason: String)
  case file(DBCError)
  case dialect(DialectError)

  package var description: String {
    switch self {
    case .unknownName(let name, let suggestion, let names):
      "no dialect is named '\(name)'"
        + (suggestion.map { "; did you mean '\($0)'?" }
          ?? "; there are \(names.joined(separator: ", ")), or give the path of a DBC file")
    case .missingFile(let path): "\(path): no such DBC file"
    case .unreadable(let path, let reason): "\(path): cannot be read: \(reason)"
    case .file(let error): "\(error)"
    case .dialect(let error): "\(error)"
    }
  }
}
