package import CANInterfaces
import Glibc

/// A file that appears under its name only when it is complete.
///
/// Until ``commit()`` the bytes go to `NAME.part-PID` beside it, which vanishes if the file is never
/// completed, that is, if the object goes. Standard output, pipes and devices are written directly.
package final class OutputFile {
  private let path: String
  private let descriptor: CInt
  /// Where the bytes go until they are complete; `nil` if they go to the place itself.
  private var temporaryPath: String?
  private let packer: LogPacker?
  private var packed: [UInt8] = []

  /// Opens a file for writing.
  ///
  /// - Parameters:
  ///   - path: Its name; `-` for standard output.
  ///   - compression: How its bytes are compressed; `nil` for not at all.
  ///   - replacing: Whether a file that is there may be replaced.
  /// - Throws: If the file may not or cannot be made.
  package init(_ path: String, compression: Compression?, replacing: Bool) throws(ConvertError) {
    let place = try Self.open(path, replacing: replacing)
    self.path = path
    descriptor = place.descriptor
    temporaryPath = place.temporaryPath
    packer = compression.map { LogPacker($0) }
  }

  deinit {
    if let temporaryPath {
      _ = Glibc.close(descriptor)
      unsafe unlink(temporaryPath)
    }
  }

  /// Writes all of `bytes` and empties them.
  package func write(_ bytes: inout [UInt8]) throws(ConvertError) {
    if let packer {
      packer.pack(bytes.span, into: &packed)
      try put(packed, at: nil)
      packed.removeAll(keepingCapacity: true)
    } else {
      try put(bytes, at: nil)
    }
    bytes.removeAll(keepingCapacity: true)
  }

  /// Writes the beginning of the file again, where that can be done: not in a pipe, and not inside
  /// compressed data.
  func replaceBeginning(_ bytes: [UInt8]) throws(ConvertError) {
    guard packer == nil, temporaryPath != nil else { return }
    try put(bytes, at: 0)
  }

  /// Completes the file and gives it its name.
  package func commit() throws(ConvertError) {
    packer?.finish(into: &packed)
    try put(packed, at: nil)
    packed.removeAll()
    guard let temporaryPath else { return }
    // What a power cut leaves must not be an empty file with the right name.
    guard fsync(descriptor) == 0, Glibc.close(descriptor) == 0,
      unsafe rename(temporaryPath, path) == 0
    else { throw .failed(path, reason: SystemError.text(errno)) }
    self.temporaryPath = nil
  }

  private static func open(
    _ path: String, replacing: Bool
  ) throws(ConvertError) -> (descriptor: CInt, temporaryPath: String?) {
    if path == "-" { return (STDOUT_FILENO, nil) }
    var status = stat()
    let exists = unsafe stat(path, &status) == 0
    let kind = status.st_mode & S_IFMT
    if exists, kind == S_IFDIR { throw .isDirectory(path) }
    if exists, kind == S_IFREG, !replacing { throw .exists(path) }
    let isDirect = exists && kind != S_IFREG
    let name = isDirect ? path : "\(path).part-\(getpid())"
    let flags = isDirect ? O_WRONLY | O_NOCTTY : O_RDWR | O_CREAT | O_EXCL
    let descriptor = unsafe Glibc.open(name, flags | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw .failed(path, reason: SystemError.text(errno)) }
    return (descriptor, isDirect ? nil : name)
  }

  private func put(_ bytes: [UInt8], at offset: off_t?) throws(ConvertError) {
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { bytes in
        let start = unsafe bytes.baseAddress?.advanced(by: written)
        return unsafe offset.map { offset in
          unsafe pwrite(descriptor, start, bytes.count - written, offset + off_t(written))
        } ?? Glibc.write(descriptor, start, bytes.count - written)
      }
      if count >= 0 {
        written += count
      } else if errno == EAGAIN {
        var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = unsafe poll(&request, 1, 1000)
      } else if errno == EPIPE, path == "-" {
        throw .closed
      } else if errno != EINTR {
        throw .failed(path == "-" ? "standard output" : path, reason: SystemError.text(errno))
      }
    }
  }
}
