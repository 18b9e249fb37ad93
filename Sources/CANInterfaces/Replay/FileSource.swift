package import CANFrames
import Glibc

/// Frames from a log: a file, a FIFO, or standard input.
///
/// Read in pieces as they come, in constant memory, whatever the length of the log or of a line.
/// Its format is found out from its content, and so is whether it is compressed. A line that is no
/// frame is counted in ``rejections`` and never ends the reading.
package struct FileSource: ReplayableLog, ~Copyable {
  /// The path, or `-` for standard input.
  package let path: String
  package var buses: BusNames { reader.buses }
  /// The lines that were no frames, and what could not be unpacked.
  package var rejections: RejectionTally {
    var rejections = reader.rejections
    rejections.append(unpacker.rejections, linesBefore: 0)
    return rejections
  }
  /// How many lines were read.
  package var lineCount: Int { reader.lineCount }
  /// How many bytes were read.
  package private(set) var byteCount = 0
  /// Whether dates without a zone were read, which are taken for the zone that was given.
  package var hasZonelessDates: Bool { reader.hasZonelessDates }

  /// The log's format; `nil` as long as it is not known.
  package var format: LogFormat? { reader.format }
  /// How the log is compressed; `nil` for not at all, or as long as that is not known.
  package var compression: Compression? { unpacker.compression }

  /// Whether the file can be read from the middle: its bytes are those of the log, and no line needs
  /// those before it.
  package var canBeCut: Bool {
    (format == .candump || format == .candumpText) && compression == nil && !reader.isUTF16
      && !hasZonelessDates
  }

  private let inputFormat: LogFormat?
  private let secondsEastOfUTC: Int
  private let stop: CInt
  private let descriptor: Descriptor
  private var unpacker = LogUnpacker()
  private var reader: LogReader
  private var isFinished = false

  /// Opens a log.
  ///
  /// - Parameters:
  ///   - path: Where it is; `-` is standard input (a file of that name is `./-`).
  ///   - inputFormat: Its format; `nil` to find that out.
  ///   - secondsEastOfUTC: The zone of dates in it that do not name one.
  ///   - stop: A descriptor that ends waiting when it becomes readable; -1 for none.
  /// - Throws: If there is no such file, it is a directory, or the kernel does not open it.
  package init(
    _ path: String, inputFormat: LogFormat? = nil, secondsEastOfUTC: Int = 0, stop: CInt = -1
  ) throws(SourceError) {
    descriptor = try Self.openLog(path)
    reader = Self.reader(inputFormat, secondsEastOfUTC)
    self.path = path
    self.inputFormat = inputFormat
    self.secondsEastOfUTC = secondsEastOfUTC
    self.stop = stop
  }

  package mutating func read(
    into batch: inout FrameBatch, waitingMilliseconds: Int32
  ) throws(SourceError) -> SourceState {
    try read(into: &batch, before: Deadline(milliseconds: waitingMilliseconds))
  }

  package mutating func read(
    into batch: inout FrameBatch, before deadline: Deadline
  ) throws(SourceError) -> SourceState {
    let (oldFrames, oldEvents) = (batch.frames.count, batch.events.count)
    do throws(CallFailure) {
      repeat {
        if isFinished { return .ended }
        if unpacker.hasPending {
          if try hasStopped() { return .stopped }
          take(into: &batch, isAtEnd: false)
          continue
        }
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

  private func hasStopped() throws(CallFailure) -> Bool {
    try Wait.until(-1, isReadyOr: stop, before: Deadline(milliseconds: 0)) == .stopped
  }

  /// Reads what is there, which does not wait once the descriptor is ready.
  private mutating func readPiece(into batch: inout FrameBatch) throws(CallFailure) {
    let end = unpacker.end
    let count = unsafe unpacker.packed.withUnsafeMutableBytes { buffer in
      unsafe Glibc.read(
        descriptor.rawValue, buffer.baseAddress?.advanced(by: end), buffer.count - end)
    }
    switch count {
    case 0:
      take(into: &batch, isAtEnd: true)
      unpacker.finish()
      reader.finish(into: &batch)
      isFinished = true
    case 1...:
      byteCount += count
      unpacker.add(count)
      take(into: &batch, isAtEnd: false)
    default: if errno != EAGAIN && errno != EINTR { throw .ofLast("read") }
    }
  }

  /// Hands the next piece of what was read to the reader.
  private mutating func take(into batch: inout FrameBatch, isAtEnd: Bool) {
    switch unpacker.next(isAtEnd: isAtEnd) {
    case .plain(let range):
      let bytes = unpacker.packed
      reader.read(bytes.span.extracting(range), into: &batch)
    case .unpacked(let count):
      let bytes = unpacker.unpacked
      reader.read(bytes.span.extracting(0..<count), into: &batch)
    case .none: break
    }
  }

  private static func reader(_ format: LogFormat?, _ secondsEastOfUTC: Int) -> LogReader {
    LogReader(format: format, secondsEastOfUTC: secondsEastOfUTC, inflater: ZlibInflater())
  }
}

extension FileSource {
  /// How much of the log was read, from 0 to 1; `nil` if its length is not known.
  package var share: Double? {
    var status = stat()
    let position = lseek(descriptor.rawValue, 0, SEEK_CUR)
    guard position >= 0, unsafe fstat(descriptor.rawValue, &status) == 0, status.st_size > 0 else {
      return nil
    }
    return min(1, Double(position) / Double(status.st_size))
  }

  /// Whether the log can be read again from its beginning.
  package var canRewind: Bool { lseek(descriptor.rawValue, 0, SEEK_CUR) >= 0 }

  /// Goes back to the beginning of the log, with counts that begin again.
  package mutating func rewind() throws(SourceError) {
    guard lseek(descriptor.rawValue, 0, SEEK_SET) >= 0 else { throw .cannotRewind(path) }
    reader = Self.reader(inputFormat, secondsEastOfUTC)
    unpacker = LogUnpacker()
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
