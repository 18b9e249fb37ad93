extension LogFormat {
  /// A reader of this format; dates in the log that name no zone are taken for one so far east.
  func makeReader(secondsEastOfUTC: Int) -> any LogReading {
    switch self {
    case .candump, .candumpText: CandumpReader(secondsEastOfUTC: secondsEastOfUTC)
    case .asc: LineLogReader<ASCLines>(secondsEastOfUTC: secondsEastOfUTC)
    case .trc: LineLogReader<TRCLines>(secondsEastOfUTC: secondsEastOfUTC)
    case .gvret: LineLogReader<GVRETLines>(secondsEastOfUTC: secondsEastOfUTC)
    case .pythonCAN: LineLogReader<PythonCANLines>(secondsEastOfUTC: secondsEastOfUTC)
    case .cabana: LineLogReader<CabanaLines>(secondsEastOfUTC: secondsEastOfUTC)
    case .pcap, .pcapng, .blf: UnreadableLogReader()
    }
  }

  /// Whether there is a reader of this format.
  public var canRead: Bool {
    switch self {
    case .candump, .candumpText, .asc, .trc, .gvret, .pythonCAN, .cabana: true
    case .pcap, .pcapng, .blf: false
    }
  }
}
