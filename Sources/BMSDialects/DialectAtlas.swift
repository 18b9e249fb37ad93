import BatteryModel
import CEmbeddedFiles
import DBC

/// The dialects that are part of the program.
public enum DialectAtlas {
  /// Every dialect, in the order of their names.
  ///
  /// Compiled once, on first use. Tests hold that every file compiles; one that did not would be
  /// missing here.
  public static let dialects: [Dialect] = names.compactMap(compiled)

  /// The names of all files, also of those that do not compile.
  public static let names: [String] = files.map(\.name)

  /// The dialect of that name, or `nil`.
  public static func dialect(named name: String) -> Dialect? {
    // One file is compiled much faster than all of them.
    names.contains(name) ? compiled(name) : nil
  }

  private static func compiled(_ name: String) -> Dialect? {
    try? Dialect(DBCFile(parsing: contents(of: name), name: name + ".dbc"))
  }

  /// The DBC file of a dialect as it stands in the program; empty for an unknown name.
  public static func contents(of name: String) -> [UInt8] {
    files.first { $0.name == name }?.bytes ?? []
  }

  private static let files: [(name: String, bytes: [UInt8])] = {
    var files: [(name: String, bytes: [UInt8])] = []
    while let entry = unsafe dialect_file_at(files.count) {
      let bytes = unsafe UnsafeBufferPointer(start: entry.pointee.bytes, count: entry.pointee.count)
      unsafe files.append((String(cString: entry.pointee.name), Array(bytes)))
    }
    return files
  }()
}

extension DialectAtlas {
  /// The name of a dialect that somebody probably meant, or `nil`.
  public static func nearestName(to word: String) -> String? {
    Spelling.nearest(to: word, among: names)
  }
}
