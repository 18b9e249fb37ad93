extension LogFormat {
  /// What people call the format, such as `Vector ASC`.
  public var title: String {
    switch self {
    case .candump: "candump log"
    case .candumpText: "candump text"
    case .asc: "Vector ASC"
    case .trc: "PEAK TRC"
    case .trc11: "PEAK TRC 1.1"
    case .trc13: "PEAK TRC 1.3"
    case .trc20: "PEAK TRC 2.0"
    case .gvret: "SavvyCAN CSV (GVRET)"
    case .pythonCAN: "python-can CSV"
    case .cabana: "Cabana CSV"
    case .pcap: "pcap"
    case .pcapng: "pcapng"
    case .blf: "Vector BLF"
    }
  }
}
