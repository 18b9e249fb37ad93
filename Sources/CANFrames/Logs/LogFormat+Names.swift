extension LogFormat {
  /// What people call the format, such as `Vector ASC`.
  public var title: String {
    switch self {
    case .candump: "candump log"
    case .candumpText: "candump text"
    case .asc: "Vector ASC"
    case .trc: "PEAK TRC"
    case .gvret: "SavvyCAN CSV (GVRET)"
    case .pythonCAN: "python-can CSV"
    case .cabana: "Cabana CSV"
    case .pcap: "pcap"
    case .pcapng: "pcapng"
    case .blf: "Vector BLF"
    }
  }

  /// The ends of names that files of this format usually have, without the point; the first is the
  /// usual one.
  public var fileExtensions: [String] {
    switch self {
    case .candump: ["log"]
    case .candumpText: ["txt"]
    case .asc: ["asc"]
    case .trc: ["trc"]
    case .gvret, .pythonCAN, .cabana: ["csv"]
    case .pcap: ["pcap", "cap"]
    case .pcapng: ["pcapng", "ntar"]
    case .blf: ["blf"]
    }
  }

  /// The format that a file should get by its name, or `nil` if the name does not say.
  ///
  /// `.gz` and `.zst` at the end are no part of it: `house.log.gz` is a candump log. Of the three
  /// formats with the extension `csv`, it is SavvyCAN's, which most programs import; a name that ends in
  /// `.python-can.csv` or `.cabana.csv` asks for one of the others.
  public init?(fileName: String) {
    var parts =
      fileName.lowercased().split(separator: "/").last?.split(
        separator: ".", omittingEmptySubsequences: false) ?? []
    if let last = parts.last, ["gz", "zst"].contains(last) { parts.removeLast() }
    guard parts.count >= 2, let last = parts.popLast() else { return nil }
    let matches = Self.allCases.filter { $0.fileExtensions.contains(String(last)) }
    let named = matches.first { $0.rawValue == parts.last.map(String.init) }
    guard let format = named ?? matches.first else { return nil }
    self = format
  }
}
