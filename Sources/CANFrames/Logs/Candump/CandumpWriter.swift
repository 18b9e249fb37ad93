/// Writes what `candump -l` writes, for `canplayer`, `log2asc` and everybody else.
///
///     (1735270496.916858) can0 351#1F01BC02E803E700
///     (1735270497.000300) can0 305#R8
///     (1735270497.000600) can0 20000088#0000900000000000
///     (1735270497.000900) can0 305#0000000000000000 T
///     DROPCOUNT: dropped 3 CAN frames on 'can0' socket (total drops 3)
///
/// Frames without a time get 0. Times have microseconds unless nanoseconds are asked for: older
/// `canplayer` and `log2asc` take nine decimals for a number of microseconds. A frame that was sent
/// ends as `candump -x` ends it; other programs pass over that.
struct CandumpWriter: LogWriting {
  private(set) var omissions = LogOmissions()

  private let resolution: Int64
  private var seconds = SecondsText(opening: "(", width: 10, padding: "0")
  private var names = InterfaceNames()
  /// `) can0 ` for each bus.
  private var busTexts: [ShortText] = []
  private var drops = DropCounts()

  /// Creates a writer.
  ///
  /// - Parameter hasNanoseconds: Whether times get nine decimals, as `candump -N` writes them.
  init(hasNanoseconds: Bool = false) { resolution = hasNanoseconds ? 1 : 1000 }

  mutating func write(_ batch: borrowing FrameBatch, buses: BusNames, to log: inout [UInt8]) {
    var position = 0
    for placed in batch.events {
      writeFrames(batch.frames, position..<placed.position, buses: buses, to: &log)
      position = placed.position
      write(placed.event, buses: buses, to: &log)
    }
    writeFrames(batch.frames, position..<batch.frames.count, buses: buses, to: &log)
  }

  mutating func finish(to log: inout [UInt8]) {}

  private mutating func write(_ event: BusEvent, buses: BusNames, to log: inout [UInt8]) {
    guard case .framesDropped(let count) = event.kind, count > 0 else {
      omissions.add(.events)
      return
    }
    nameBuses(buses, including: event.bus)
    drops.append(count, bus: event.bus, name: names.entries[Int(event.bus)].name, to: &log)
  }

  private mutating func nameBuses(_ buses: BusNames, including last: UInt8) {
    guard names.assign(buses, including: last) else { return }
    busTexts = names.entries.map { ShortText(") \($0.name) ") }
  }

  private mutating func writeFrames(
    _ frames: [CANFrame], _ range: Range<Int>, buses: BusNames, to log: inout [UInt8]
  ) {
    var start = range.lowerBound
    while start < range.upperBound {
      let end = min(start + 256, range.upperBound)
      writeRun(frames, start..<end, buses: buses, to: &log)
      start = end
    }
  }

  /// Writes a few hundred frames, for which room is made once.
  private mutating func writeRun(
    _ frames: [CANFrame], _ range: Range<Int>, buses: BusNames, to log: inout [UInt8]
  ) {
    nameBuses(buses, including: frames[range].reduce(0) { max($0, $1.bus) })
    // Time, identifier, payload and what is between them have at most 54 characters.
    let limit = range.count * (54 + names.longest)
    // Copies, so that the loop keeps them in registers.
    var seconds = self.seconds
    var omissions = self.omissions
    var bus = LastBus(busTexts)
    let resolution = resolution
    log.appendText(atMost: limit) { text in
      for index in range {
        let frame = frames[index]
        let time = frame.timestamp < 0 ? 0 : frame.timestamp
        let rest = seconds.put(time, to: &text)
        if resolution == 1000 {
          let microseconds = rest / 1000
          text.putSixDigits(microseconds)
          if rest != microseconds * 1000 { omissions.add(.timePrecision) }
        } else {
          text.putDecimal(rest, width: 9)
        }
        bus.put(frame.bus, to: &text)
        Self.put(frame, to: &text)
        if frame.timestamp < 0 { omissions.add(.missingTimes) }
      }
    }
    self.seconds = seconds
    self.omissions = omissions
    countLostNames(frames, range)
  }

  /// Appends `351#1F01BC02E803E700` and the line feed.
  @inline(__always)
  private static func put(_ frame: CANFrame, to text: inout TextCursor) {
    let number = frame.identifier.number
    if frame.identifier.format == .standard {
      let digits = TextCursor.hexDigits(number.byteSwapped) >> 40
      text.put(digits | UInt64(UInt8(ascii: "#")) << 24, count: 4)
    } else {
      // Bit 29 marks an error frame.
      let mark: UInt32 = frame.kind == .error ? 0x2000_0000 : 0
      text.put(TextCursor.hexDigits((number | mark).byteSwapped), count: 8)
      text.put(UInt8(ascii: "#"))
    }
    if frame.kind == .remote {
      text.put(UInt8(ascii: "R"))
      if frame.length > 0 { text.put(UInt8(ascii: "0") + frame.length) }
    } else {
      text.putHexBytes(frame.payload, count: Int(frame.length))
    }
    if frame.isSent { text.put(0x5420, count: 2) }  // " T"
    text.put(UInt8(ascii: "\n"))
  }

  private mutating func countLostNames(_ frames: [CANFrame], _ range: Range<Int>) {
    guard names.entries.contains(where: { $0.omission != nil }) else { return }
    for frame in frames[range] {
      if let omission = names.entries[Int(frame.bus)].omission { omissions.add(omission) }
    }
  }
}
