/// The binary formats together: how each begins, who reads it and who writes it.
enum BinaryLogs {
  /// How many bytes at the beginning of a log tell whether it is binary.
  static let signatureLength = 4

  /// The format of a log that begins like this; `nil` if it is none of these.
  static func format(ofSignature bytes: Span<UInt8>) -> LogFormat? {
    guard bytes.count >= signatureLength else { return nil }
    return switch ByteOrder.littleEndian.word32(bytes, at: 0) {
    case 0xA1B2_C3D4, 0xD4C3_B2A1, 0xA1B2_3C4D, 0x4D3C_B2A1: .pcap
    case 0x0A0D_0D0A: .pcapng
    case 0x4747_4F4C: .blf
    default: nil
    }
  }

  /// A reader for a format.
  ///
  /// - Parameters:
  ///   - format: Any format.
  ///   - secondsEastOfUTC: The zone of dates that name none.
  ///   - inflater: Unpacks what stands compressed inside; `nil` rejects it.
  /// - Returns: `nil` if the format is not binary.
  static func reader(
    of format: LogFormat, secondsEastOfUTC: Int, inflater: (any Inflating)?
  ) -> (any LogReading)? {
    switch format {
    case .pcap: PcapReader()
    case .pcapng: PcapngReader()
    case .blf: BLFReader(inflater: inflater, secondsEastOfUTC: secondsEastOfUTC)
    default: nil
    }
  }

  /// A writer for a format; `nil` if it is not binary.
  static func writer(of format: LogFormat) -> (any LogWriting)? {
    switch format {
    case .pcap: PcapWriter()
    case .pcapng: PcapngWriter()
    case .blf: BLFWriter()
    default: nil
    }
  }
}
