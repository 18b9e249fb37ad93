/// When a BLF file starts: a date and time of Windows, eight numbers of 16 bits.
///
///     year, month, day of the week, day, hour, minute, second, millisecond
///
/// It names no zone. A file without a date has times since an unknown moment.
enum BLFTime {
  /// Nanoseconds since 1970 of a date without a zone; `nil` if it is none.
  static func nanoseconds(_ bytes: Span<UInt8>, at position: Int) -> Int64? {
    func part(_ index: Int) -> Int64 {
      Int64(ByteOrder.littleEndian.word16(bytes, at: position + 2 * index))
    }
    guard (1970...2261).contains(part(0)), (1...12).contains(part(1)), (1...31).contains(part(3)),
      part(4) < 24, part(5) < 60, part(6) < 61, part(7) < 1000
    else { return nil }
    let days = UTCTime.daysSince1970(year: part(0), month: part(1), day: part(3))
    let seconds = days * 86_400 + part(4) * 3600 + part(5) * 60 + part(6)
    return seconds * 1_000_000_000 + part(7) * 1_000_000
  }

  /// Appends a moment in UTC, cut off to milliseconds; zeros if it is not known.
  static func append(_ nanoseconds: Int64?, to log: inout [UInt8]) {
    guard let nanoseconds else {
      log.append(contentsOf: repeatElement(0, count: 16))
      return
    }
    let milliseconds = nanoseconds / 1_000_000
    let day = milliseconds / 86_400_000
    let date = UTCTime.text(day * 86_400_000_000_000, .seconds).split { "-T".contains($0) }
    let parts = date.prefix(3).map { UInt16($0) ?? 0 }
    // 1970-01-01 was a Thursday, the fourth day after Sunday.
    let weekday = UInt16((day + 4) % 7)
    for part in [parts[0], parts[1], weekday, parts[2]] { log.append(littleEndian: part) }
    let rest = milliseconds % 86_400_000
    for part in [rest / 3_600_000, rest / 60_000 % 60, rest / 1000 % 60, rest % 1000] {
      log.append(littleEndian: UInt16(part))
    }
  }
}
