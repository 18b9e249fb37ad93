import BatteryModel
import CEmbeddedFiles

/// The profiles that are part of the program.
package enum ProfileLibrary {
  /// Their names, in order.
  package static let names: [String] = files.map(\.name)

  /// The profile of that name.
  ///
  /// - Throws: If there is none; tests hold that all of them can be read.
  package static func profile(named name: String) throws(ProfileError) -> Profile {
    guard let file = files.first(where: { $0.name == name }) else {
      let advice =
        Spelling.nearest(to: name, among: names).map { "did you mean '\($0)'?" }
        ?? "there are \(names.joined(separator: ", ")); a file's name ends in .yaml"
      throw ProfileError(
        source: "profile", line: 0, column: 0, text: "none is named '\(name)'; \(advice)")
    }
    return try Profile(yaml: file.bytes, source: name)
  }

  /// The YAML of a profile, to begin one's own with; empty for an unknown name.
  package static func yaml(of name: String) -> String {
    files.first { $0.name == name }.map { String(decoding: $0.bytes, as: UTF8.self) } ?? ""
  }

  private static let files: [(name: String, bytes: [UInt8])] = {
    var files: [(name: String, bytes: [UInt8])] = []
    while let entry = unsafe profile_file_at(files.count) {
      let bytes = unsafe UnsafeBufferPointer(start: entry.pointee.bytes, count: entry.pointee.count)
      unsafe files.append((String(cString: entry.pointee.name), Array(bytes)))
    }
    return files
  }()
}
