/// The log formats that Busbar knows; the raw value is what `--to` and `--input-format` take.
public enum LogFormat: String, CaseIterable, Hashable, Sendable {
  /// `(1735270496.916858) can0 351#1F01`: what `candump -l` writes.
  case candump
  /// `(1735270496.916858)  can0  351   [2]  1F 01`: what `candump -ta` prints.
  case candumpText = "candump-text"
  /// Vector's text format.
  case asc
  /// PEAK's text format, any version; written as 2.1.
  case trc
  /// SavvyCAN's own CSV.
  case gvret
  /// The CSV of python-can.
  case pythonCAN = "python-can"
  /// The CSV of Cabana.
  case cabana
  /// tcpdump's format with SocketCAN frames.
  case pcap
  /// Wireshark's format with SocketCAN frames.
  case pcapng
  /// Vector's binary format.
  case blf
  /// PEAK's text format, any version; written as 1.1, which all of its readers know.
  case trc11 = "trc-1.1"
  /// PEAK's text format, any version; written as 1.3, with buses.
  case trc13 = "trc-1.3"
  /// PEAK's text format, any version; written as 2.0.
  case trc20 = "trc-2.0"
}
