/// The lines by which candump says that frames were lost.
struct DropCounts: Sendable {
  private var totals = [Int](repeating: 0, count: BusNames.limit)

  /// Appends `DROPCOUNT: dropped 3 CAN frames on 'can0' socket (total drops 7)`.
  mutating func append(_ count: Int, bus: UInt8, name: String, to log: inout [UInt8]) {
    let (total, overflows) = totals[Int(bus)].addingReportingOverflow(count)
    totals[Int(bus)] = overflows ? .max : total
    let plural = count == 1 ? "" : "s"
    let line =
      "DROPCOUNT: dropped \(count) CAN frame\(plural) on '\(name)' socket "
      + "(total drops \(totals[Int(bus)]))\n"
    log.append(contentsOf: line.utf8)
  }
}
