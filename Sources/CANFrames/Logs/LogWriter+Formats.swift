extension LogFormat {
  /// A writer of this format.
  func makeWriter(secondsEastOfUTC: Int, hasNanoseconds: Bool) -> any LogWriting {
    switch self {
    case .candump: CandumpWriter(hasNanoseconds: hasNanoseconds)
    case .candumpText: CandumpTextWriter()
    case .asc: ASCWriter(secondsEastOfUTC: secondsEastOfUTC)
    case .trc: TRCWriter(.v21, secondsEastOfUTC: secondsEastOfUTC)
    case .trc11: TRCWriter(.v11, secondsEastOfUTC: secondsEastOfUTC)
    case .trc13: TRCWriter(.v13, secondsEastOfUTC: secondsEastOfUTC)
    case .trc20: TRCWriter(.v20, secondsEastOfUTC: secondsEastOfUTC)
    case .gvret: CSVWriter<GVRETRows>()
    case .pythonCAN: CSVWriter<PythonCANRows>()
    case .cabana: CSVWriter<CabanaRows>()
    case .pcap: PcapWriter()
    case .pcapng: PcapngWriter()
    case .blf: BLFWriter()
    }
  }
}
