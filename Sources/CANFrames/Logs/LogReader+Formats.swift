extension LogFormat {
  /// A reader of this format.
  ///
  /// - Parameters:
  ///   - secondsEastOfUTC: The zone of dates in the log that name none.
  ///   - inflater: Unpacks what stands compressed inside; `nil` rejects it.
  /// - Returns: A reader at the beginning of a log.
  func makeReader(secondsEastOfUTC: Int, inflater: (any Inflating)?) -> any LogReading {
    switch self {
    case .candump, .candumpText: CandumpReader(secondsEastOfUTC: secondsEastOfUTC)
    case .asc: LineLogReader<ASCLines>(secondsEastOfUTC: secondsEastOfUTC)
    case .trc, .trc11, .trc13, .trc20: LineLogReader<TRCLines>(secondsEastOfUTC: secondsEastOfUTC)
    case .gvret: LineLogReader<GVRETLines>(secondsEastOfUTC: secondsEastOfUTC)
    case .pythonCAN: LineLogReader<PythonCANLines>(secondsEastOfUTC: secondsEastOfUTC)
    case .cabana: LineLogReader<CabanaLines>(secondsEastOfUTC: secondsEastOfUTC)
    case .pcap: PcapReader()
    case .pcapng: PcapngReader()
    case .blf: BLFReader(inflater: inflater, secondsEastOfUTC: secondsEastOfUTC)
    }
  }
}
