import Foundation
import Glibc

/// The folder where what was found out outlives a restart.
///
/// Files are replaced and never changed in place, so that a power cut leaves the old one or the new.
package struct StateFolder: Sendable {
  /// Why something cannot be kept.
  package struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
    package var path: String
    package var reason: String

    package var description: String { "state folder \(path): \(reason)" }
  }

  private static let longestFile = 65_536

  package let path: String

  package init(_ path: String) { self.path = path }

  /// Makes the folder if it is not there, and tries whether a file can be written to it.
  package func prepare() throws(Failure) {
    try make()
    try write("", to: ".busbar-write-test")
    _ = unsafe unlink("\(path)/.busbar-write-test")
  }

  /// The text of a file of the folder; `nil` if there is none, or it is not one of ours.
  package func read(_ name: String) -> String? {
    guard let file = FileHandle(forReadingAtPath: "\(path)/\(name)") else { return nil }
    defer { try? file.close() }
    guard let data = try? file.read(upToCount: Self.longestFile) else { return nil }
    return String(data: data, encoding: .utf8)
  }

  /// Replaces a file of the folder, which is made if it is not there.
  package func write(_ text: String, to name: String) throws(Failure) {
    let file = "\(path)/\(name)"
    try make()
    do {
      try Data(text.utf8).write(to: URL(filePath: file + ".new"))
      if let handle = FileHandle(forWritingAtPath: file + ".new") {
        try handle.synchronize()
        try handle.close()
      }
    } catch {
      throw Failure(path: path, reason: "cannot be written: \(Self.reason(error))")
    }
    guard unsafe rename(file + ".new", file) == 0 else {
      throw Failure(path: path, reason: "cannot be written: \(SystemError.text(errno))")
    }
  }

  /// Makes the folder and those above it that are not there; others have no business in it.
  private func make() throws(Failure) {
    var made = path.hasPrefix("/") ? "/" : ""
    for component in path.split(separator: "/") {
      made += "\(component)/"
      guard unsafe mkdir(made, 0o700) == 0 || errno == EEXIST else {
        throw Failure(path: path, reason: "cannot be made: \(SystemError.text(errno))")
      }
    }
  }

  private static func reason(_ error: any Error) -> String {
    let cause = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
    if let cause, cause.domain == NSPOSIXErrorDomain { return SystemError.text(CInt(cause.code)) }
    return (error as NSError).localizedDescription
  }
}
