import Foundation

/// A file that holds an access token and nothing else.
package struct TokenFile: Hashable, Sendable {
  /// What is wrong with the file; none of these ever shows a part of its contents.
  package enum Problem: Hashable, Sendable, CustomStringConvertible {
    /// There is no such file.
    case missing
    /// There is one, and it cannot be read.
    case unreadable(reason: String)
    /// It holds nothing.
    case empty
    /// It holds more than a token.
    case unexpectedCharacter(column: Int)
    /// It is longer than any token.
    case tooLong(bytes: Int)

    package var description: String {
      switch self {
      case .missing: "no such file; write the server's token into it"
      case .unreadable(let reason): "cannot be read: \(reason); check its owner and its mode"
      case .empty: "empty; write the server's token into it"
      case .unexpectedCharacter(let column):
        "a blank or a control character at byte \(column); expected one token on one line"
      case .tooLong(let bytes):
        "\(bytes) bytes or more, too long for a token; expected one token on one line"
      }
    }
  }

  private static let longestToken = 16_384

  /// Where the file is, as the user wrote it.
  package let path: String

  /// Names the file; it is read with ``read()`` and for each connection anew.
  package init(path: String) { self.path = path }

  /// Reads the token, without the newline at the file's end.
  ///
  /// - Throws: ``SignalKError/unusableTokenFile(path:problem:)``.
  package func read() throws(SignalKError) -> AccessToken {
    do throws(Problem) {
      return AccessToken(try Self.token(in: contents()))
    } catch {
      throw .unusableTokenFile(path: path, problem: error)
    }
  }

  private func contents() throws(Problem) -> Data {
    do {
      let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
      defer { try? file.close() }
      return try file.read(upToCount: Self.longestToken + 3) ?? Data()
    } catch CocoaError.fileNoSuchFile, CocoaError.fileReadNoSuchFile {
      throw .missing
    } catch let error as CocoaError where error.code == .fileReadNoPermission {
      throw .unreadable(reason: "permission denied")
    } catch {
      throw .unreadable(reason: "it is not a readable file")
    }
  }

  static func token(in contents: Data) throws(Problem) -> String {
    var bytes = Array(contents)
    if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
    if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
    guard !bytes.isEmpty else { throw .empty }
    guard bytes.count <= longestToken else { throw .tooLong(bytes: bytes.count) }
    // 0x21 to 0x7E are the printable characters of ASCII without the blank.
    if let index = bytes.firstIndex(where: { !(0x21...0x7E).contains($0) }) {
      throw .unexpectedCharacter(column: index + 1)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension TokenFile.Problem: Error {}
