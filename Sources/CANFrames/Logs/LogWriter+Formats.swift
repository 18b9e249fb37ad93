extension LogFormat {
  /// A writer of this format.
  func makeWriter(secondsEastOfUTC: Int, hasNanoseconds: Bool) -> any LogWriting {
    switch self {
    case .candump: CandumpWriter(hasNanoseconds: hasNanoseconds)
    case .candumpText: CandumpTextWriter()
    case .asc: ASCWriter(secondsEastOfUTC: secondsEastOfUTC)
    case .trc: TRCWriter(secondsEastOfUTC: secondsEastOfUTC)
    case .gvret: GVRETWriter()
    case .pythonCAN: PythonCANWriter()
    case .cabana: CabanaWriter()
    case .pcap: PcapWriter()
    case .pcapng: PcapngWriter()
    case .blf: BLFWriter()
    }
  }
}
