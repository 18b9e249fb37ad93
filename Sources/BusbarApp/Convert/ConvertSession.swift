package import CANFrames
package import CANInterfaces
import Glibc

/// Reads a log and writes it in another format: what `busbar convert` does.
package struct ConvertSession: ~Copyable {
  /// How much is collected before it is written.
  private static let bufferSize = 1 << 20
  private static let waitingMilliseconds: Int32 = 200

  /// What a conversion came to.
  package struct Outcome: Sendable {
    package var framesRead = 0
    package var framesWritten = 0
    package var omissions = LogOmissions()
    /// Frames that were left out because they have no time, and times were asked for.
    package var untimedCount = 0
  }

  package private(set) var source: FileSource
  private var selection: FrameSelection
  private let target: ConvertTarget
  private let replacing: Bool
  private let name: String

  /// - Parameters:
  ///   - source: The log.
  ///   - selection: What is wanted of it.
  ///   - target: Where it goes, and as what.
  ///   - replacing: Whether a file that is there may be replaced.
  ///   - name: What to call the log in messages.
  package init(
    _ source: consuming FileSource, _ selection: FrameSelection, to target: ConvertTarget,
    replacing: Bool, name: String
  ) {
    self.source = source
    self.selection = selection
    self.target = target
    self.replacing = replacing
    self.name = name
  }

  /// Reads to the end of the log and completes the output.
  ///
  /// Standard input that is interrupted ends there; a file that is interrupted is not converted,
  /// because what was written of it would look like the whole.
  ///
  /// - Throws: ``ConvertError``, or ``SourceError`` if the log cannot be read; the output then does
  ///   not exist, or is as it was.
  package mutating func run() throws -> Outcome {
    guard target.path != "-" || !needsNoTerminal || isatty(STDOUT_FILENO) == 0 else {
      throw ConvertError.binaryToTerminal(target.format.rawValue)
    }
    let output = try OutputFile(
      target.path, compression: target.compression, replacing: replacing)
    var writer: any LogWriting =
      target.format == .blf ? BLFWriter() : LogWriter(format: target.format)
    var outcome = Outcome()
    var progress = ConvertProgress(isWanted: target.path != "-")
    defer { progress.end() }
    var text: [UInt8] = []
    text.reserveCapacity(2 * Self.bufferSize)
    var batch = FrameBatch()
    var selected = FrameBatch()
    var state = SourceState.open
    while state == .open {
      batch.removeAll()
      state = try source.read(into: &batch, waitingMilliseconds: Self.waitingMilliseconds)
      outcome.framesRead += batch.frames.count
      if selection.isAll {
        outcome.framesWritten += batch.frames.count
        writer.write(batch, buses: source.buses, to: &text)
      } else {
        selected.removeAll()
        selection.select(from: batch, source.buses, into: &selected)
        outcome.framesWritten += selected.frames.count
        writer.write(selected, buses: source.buses, to: &text)
      }
      if text.count >= Self.bufferSize { try output.write(&text) }
      progress.tell(frames: outcome.framesRead, share: source.share)
    }
    if state == .stopped, source.canRewind { throw ConvertError.interrupted(target.name) }
    outcome.untimedCount = selection.untimedCount
    outcome.omissions = writer.omissions
    try check(outcome)
    writer.finish(to: &text)
    outcome.omissions = writer.omissions
    try output.write(&text)
    if let blf = writer as? BLFWriter { try output.replaceBeginning(blf.finishedHead) }
    try output.commit()
    return outcome
  }

  private var needsNoTerminal: Bool {
    target.compression != nil || [.pcap, .pcapng, .blf].contains(target.format)
  }

  private func check(_ outcome: Outcome) throws(ConvertError) {
    if outcome.framesRead == 0 {
      throw .noFrames(LogReport.empty(name: name, lineCount: source.lineCount))
    }
    if outcome.framesWritten == 0 {
      throw .nothingSelected(
        name, frames: outcome.framesRead, buses: source.buses.names.compactMap(\.self))
    }
  }
}
