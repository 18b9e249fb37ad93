public import ArgumentParser
import BusbarApp
public import CANFrames
import CANInterfaces

/// `--input-format` and `--utc-offset`, as every command that reads logs has them.
struct LogOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The format of the log; without it that is found out from the content.",
      valueName: "format"))
  var inputFormat: LogFormat?

  @Option(
    help: ArgumentHelp(
      "The zone of dates in the log that name none: hours east of UTC, such as 1 or -3.5.",
      valueName: "hours"))
  var utcOffset = 0.0

  /// ``utcOffset`` in seconds.
  var secondsEastOfUTC: Int { Int((utcOffset * 3600).rounded()) }

  func validate() throws {
    guard (-14...14).contains(utcOffset) else {
      throw ValidationError("--utc-offset is \(utcOffset), expected -14 to 14")
    }
  }

  /// Opens a log as the options say.
  func source(_ path: String, stop: CInt) throws(SourceError) -> FileSource {
    try FileSource(
      path, inputFormat: inputFormat, secondsEastOfUTC: secondsEastOfUTC, stop: stop)
  }

  /// Opens any source; a log as the options say.
  func open(
    _ specification: SourceSpecification, stop: CInt, tell: @escaping RemarkListener
  ) throws(SourceError) -> AnySource {
    switch specification {
    case .file(let path): .log(try source(path, stop: stop))
    case .standardInput: .log(try source("-", stop: stop))
    default: try AnySource.open(specification, stop: stop, tell: tell)
    }
  }

  /// Says what of a log was no frame, and as what dates without a zone were taken.
  func tell(_ counts: LogCounts, name: String) {
    let notices = StandardErrorNotices()
    for line in LogReport.lines(counts.rejections, name: name) { notices.tell(line) }
    guard counts.hasZonelessDates else { return }
    notices.tell(LogReport.zonelessDates(name: name, secondsEastOfUTC: secondsEastOfUTC))
  }
}

extension LogFormat: ExpressibleByArgument {}
