package import CANFrames
import Glibc

/// Frames from a log: a file, a FIFO, or standard input.
///
/// Read in pieces as they come, in constant memory, whatever the length of the log or of a line.
/// A line that is no frame is counted in ``rejections`` and never ends the reading.
package struct FileSource: FrameSource, ~Copyable {
  /// The path, or `-` for standard input.
  package let path: String
  package var buses: BusNames { reader.buses }
  /// The lines that were no frames.
  package var rejections: RejectionTally { reader.rejections }
  /// How many lines were read.
  package var lineCount: Int { reader.lineCount }
  /// How many bytes were read.
  package private(set) var byteCount = 0
  /// Whether dates without a zone were read, which are taken for the zone that was given.
  package var hasZonelessDates: Bool { reader.hasZonelessDates }

  private let secondsEastOfUTC: Int
  private let stop: CInt
  private let descriptor: Descriptor
  private var reader: CandumpReader
  private var buffer = [UInt8](repeating: 0, count: pieceSize)
  private var isFinished = false

  /// How many bytes one system call reads at most.
  private static let pieceSize = 256 << 10

  /// Opens a log.
  ///
  /// - Parameters:
  ///   - path: Where it is; `-` is standard input (a file of that name is `./-`).
  ///   - secondsEastOfUTC: The zone of dates in it that do not name one.
  ///   - stop: A descriptor that ends waiting when it becomes readable; -1 for none.
  /// - Throws: If there is no such file, it is a directory, or the kernel does not open it.
  package init(
    _ path: String, secondsEastOfUTC: Int = 0, stop: CInt = -1
  ) throws(SourceError) {
    descriptor = try Self.openLog(path)
    reader = CandumpReader(secondsEastOfUTC: secondsEastOfUTC)
    self.path = path
    self.secondsEastOfUTC = secondsEastOfUTC
    self.stop = stop
  }

  package mutating func read(
    into batch: inout FrameBatch, waitingMilliseconds: Int32
  ) throws(SourceError) -> SourceState {
    try read(into: &batch, before: Deadline(milliseconds: waitingMilliseconds))
  }

  /// Reads until something stands in `batch`, the log ends, or the deadline passes.
  mutating func read(
    into batch: inout FrameBatch, before deadline: Deadline
  ) throws(SourceError) -> SourceState {
    let (oldFrames, oldEvents) = (batch.frames.count, batch.events.count)
    do throws(CallFailure) {
      repeat {
        if isFinished { return .ended }
        switch try Wait.until(descriptor.rawValue, isReadyOr: stop, before: deadline) {
        case .stopped: return .stopped
        case .ready: try readPiece(into: &batch)
        case .timedOut: return .open
        }
      } while batch.frames.count == oldFrames && batch.events.count == oldEvents
        && !deadline.hasPassed(at: SystemClock.monotonic)
    } catch {
      throw .failed(path, error)
    }
    return isFinished ? .ended : .open
  }

  /// Reads what is there, which does not wait once the descriptor is ready.
  private mutating func readPiece(into batch: inout FrameBatch) throws(CallFailure) {
    let count = unsafe buffer.withUnsafeMutableBytes { buffer in
      unsafe Glibc.read(descriptor.rawValue, buffer.baseAddress, buffer.count)
    }
    switch count {
    case 0:
      reader.finish(into: &batch)
      isFinished = true
    case 1...:
      byteCount += count
      let piece = buffer
      reader.read(piece.span.extracting(0..<count), into: &batch)
    default: if errno != EAGAIN && errno != EINTR { throw .ofLast("read") }
    }
  }
}

extension FileSource {
  /// Whether the log can be read again from its beginning.
  package var canRewind: Bool { lseek(descriptor.rawValue, 0, SEEK_CUR) >= 0 }

  /// Goes back to the beginning of the log, with counts that begin again.
  package mutating func rewind() throws(SourceError) {
    guard lseek(descriptor.rawValue, 0, SEEK_SET) >= 0 else { throw .cannotRewind(path) }
    reader = CandumpReader(secondsEastOfUTC: secondsEastOfUTC)
    isFinished = false
  }
}

extension FileSource {
  private static func openLog(_ path: String) throws(SourceError) -> Descriptor {
    do throws(CallFailure) {
      let descriptor = try path == "-" ? standardInput() : open(path)
      var status = stat()
      guard unsafe fstat(descriptor.rawValue, &status) == 0 else { throw .ofLast("fstat") }
      // A directory can be opened, and fails only when it is read.
      guard status.st_mode & S_IFMT != S_IFDIR else {
        throw CallFailure(call: "read", code: EISDIR)
      }
      return descriptor
    } catch {
      throw Self.error(error, opening: path)
    }
  }

  /// Without `O_NONBLOCK`, opening a FIFO would wait for somebody to write to it.
  private static func open(_ path: String) throws(CallFailure) -> Descriptor {
    let flags = O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY
    return try Descriptor("open", adopting: unsafe Glibc.open(path, flags))
  }

  /// A descriptor of its own for standard input, whose mode it does not touch: others share it.
  private static func standardInput() throws(CallFailure) -> Descriptor {
    try Descriptor("fcntl", adopting: fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3))
  }

  private static func error(_ failure: CallFailure, opening path: String) -> SourceError {
    switch failure.code {
    case ENOENT, ENOTDIR: .noSuchFile(path)
    case EISDIR: .isDirectory(path)
    default: .unreadableFile(path, failure)
    }
  }
}
