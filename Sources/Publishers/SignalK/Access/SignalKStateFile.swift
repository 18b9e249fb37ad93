import Foundation
import Glibc
import NIOConcurrencyHelpers

/// Keeps a ``SignalKState`` in a folder, in a file that only its owner can read.
///
/// A write replaces the file in one step: whoever pulls the plug finds the old one or the new one.
package struct SignalKStateFile: Hashable, Sendable {
  private static let name = "signalk.json"
  private static let largest = 1 << 18
  /// Two destinations may share a folder.
  private static let access = NIOLockedValueBox(())

  /// Where the file is.
  package let path: String
  private let folder: String

  /// Names the folder; it is made when there is something to keep.
  ///
  /// - Parameter folder: Such as systemd's `StateDirectory`.
  package init(folder: String) {
    self.folder = folder
    path = "\(folder)/\(Self.name)"
  }

  /// Makes the folder and the file if they are missing, and writes to them.
  ///
  /// - Throws: ``SignalKError/unusableState(path:reason:)`` if nothing can be kept here.
  package func check() throws(SignalKError) { try change { _ in } }

  func read() throws(SignalKError) -> SignalKState {
    do {
      let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
      defer { try? file.close() }
      let contents = try file.read(upToCount: Self.largest) ?? Data()
      return try JSONDecoder().decode(SignalKState.self, from: contents)
    } catch CocoaError.fileNoSuchFile, CocoaError.fileReadNoSuchFile {
      return SignalKState()
    } catch is DecodingError {
      throw unusable("it is damaged; delete it, and access has to be given anew")
    } catch let error as CocoaError where error.code == .fileReadNoPermission {
      throw unusable("permission denied")
    } catch {
      throw unusable("it is not a readable file")
    }
  }

  func change(_ body: @Sendable (inout SignalKState) -> Void) throws(SignalKError) {
    let result: Result<Void, SignalKError> = Self.access.withLockedValue { _ in
      Result { () throws(SignalKError) in
        var state = try read()
        body(&state)
        try write(state)
      }
    }
    try result.get()
  }

  private func write(_ state: SignalKState) throws(SignalKError) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let temporary = "\(path).new"
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
      // Empty first: the secret is written when the mode is right.
      guard
        FileManager.default.createFile(
          atPath: temporary, contents: nil, attributes: [.posixPermissions: 0o600])
      else { throw CocoaError(.fileWriteNoPermission) }
      let file = try FileHandle(forWritingTo: URL(fileURLWithPath: temporary))
      defer { try? file.close() }
      try file.write(contentsOf: try encoder.encode(state) + Data("\n".utf8))
      try file.synchronize()
    } catch {
      throw unusable(
        "cannot be written: \(Self.words(for: error)); check the folder's owner and mode")
    }
    guard unsafe rename(temporary, path) == 0 else {
      throw unusable("cannot be replaced; check the folder's owner and mode")
    }
  }

  private static func words(for error: any Error) -> String {
    guard let error = error as? CocoaError else { return "\(error)".quotable }
    return switch error.code {
    case .fileWriteNoPermission: "permission denied"
    case .fileWriteOutOfSpace: "the disk is full"
    case .fileWriteVolumeReadOnly: "the disk is read-only"
    case .fileWriteFileExists: "a file is in the way of the folder"
    default: error.localizedDescription.quotable
    }
  }

  private func unusable(_ reason: String) -> SignalKError {
    .unusableState(path: path, reason: reason)
  }
}
