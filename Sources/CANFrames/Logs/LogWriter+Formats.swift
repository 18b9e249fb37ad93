extension LogFormat {
  /// A writer of this format, or `nil` if it is only read.
  func makeWriter(secondsEastOfUTC: Int, hasNanoseconds: Bool) -> (any LogWriting)? {
    switch self {
    case .candump: CandumpWriter(hasNanoseconds: hasNanoseconds)
    case .candumpText: CandumpTextWriter()
    case .asc: ASCWriter(secondsEastOfUTC: secondsEastOfUTC)
    case .trc: TRCWriter(secondsEastOfUTC: secondsEastOfUTC)
    case .gvret: GVRETWriter()
    case .pythonCAN: PythonCANWriter()
    case .cabana: CabanaWriter()
    case .pcap, .pcapng, .blf: nil
    }
  }

  /// Whether there is a writer of this format.
  public var canWrite: Bool { makeWriter(secondsEastOfUTC: 0, hasNanoseconds: false) != nil }
}
