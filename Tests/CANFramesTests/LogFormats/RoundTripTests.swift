import BusbarTestSupport
import CANFrames
import Testing

@Suite("Every format that is written is read back")
struct RoundTripTests {
  /// What must come back of a frame, and the name of its bus; `nil` if the format has no such frames.
  static func expected(
    _ frame: CANFrame, _ traits: FormatTraits, counting omissions: inout [LogOmissions.Subject: Int]
  ) -> (frame: CANFrame, bus: String?)? {
    func count(_ subject: LogOmissions.Subject) { omissions[subject, default: 0] += 1 }
    let name = SampleTraffic.buses[frame.bus]
    var expectedName = name
    if traits.busNaming == .none { expectedName = nil }
    if traits.busNaming == .numbers, name == "vcan12" { expectedName = "can2" }
    if frame.kind == .remote, !traits.hasRemoteFrames {
      count(.remoteFrames)
      return nil
    }
    if frame.kind == .error, !traits.hasErrorFrames {
      count(.errorFrames)
      return nil
    }
    if expectedName != name { count(traits.busNaming == .none ? .buses : .busNames) }
    var identifier = frame.identifier
    if !traits.hasIdentifierFormats, identifier.format == .extended, identifier.number <= 0x7FF {
      count(.shortIdentifiers)
      identifier = CANIdentifier(exactly: identifier.number, format: .standard) ?? identifier
    }
    var payload = frame.payload
    if frame.kind == .error, !traits.hasErrorDetails {
      count(.errorDetails)
      payload = 0
      identifier = CANIdentifier(exactly: 0x80, format: .extended) ?? identifier
    }
    var time = frame.timestamp
    let start = SampleTraffic.start - SampleTraffic.start % 1_000_000
    if !traits.hasTimesBeforeStart, time < start {
      count(.backwardTimes)
      time = start
    } else if time % traits.resolution != 0 {
      count(.timePrecision)
      time -= time % traits.resolution
    }
    if frame.isSent, !traits.hasDirections { count(.directions) }
    let result = CANFrame(
      timestamp: time, identifier: identifier, kind: frame.kind, payload: payload,
      length: frame.length, isSent: frame.isSent && traits.hasDirections)
    return (result, expectedName)
  }

  @Test(
    "frames come back as they were, but for what the format says it leaves out",
    arguments: FormatTraits.formats)
  func roundTrip(format: LogFormat) throws {
    let traits = FormatTraits.of(format)
    var writer = LogWriter(format: format)
    var log: [UInt8] = []
    writer.write(SampleTraffic.batch, buses: SampleTraffic.buses, to: &log)
    writer.finish(to: &log)
    let read = ReadLog(log)
    #expect(read.reader.format == FormatTraits.found(format))
    #expect(read.complaints == [])

    var omissions: [LogOmissions.Subject: Int] = [:]
    let expected = SampleTraffic.batch.frames.compactMap {
      Self.expected($0, traits, counting: &omissions)
    }
    omissions[.events] = (traits.hasDrops ? 0 : 1) + (traits.hasOtherEvents ? 0 : 1)
    try #require(read.frames.count == expected.count)
    for (frame, expected) in zip(read.frames, expected) {
      var frame = frame
      #expect(read.reader.buses[frame.bus] == expected.bus)
      frame.bus = 0
      #expect(frame == expected.frame)
    }
    for subject in LogOmissions.Subject.allCases {
      #expect(writer.omissions[subject] == omissions[subject] ?? 0, "\(subject.rawValue)")
    }
    #expect(writer.omissions.isEmpty == omissions.values.allSatisfy { $0 == 0 })
  }

  @Test("lost frames come back at their place", arguments: FormatTraits.formats)
  func drops(format: LogFormat) {
    let read = ReadLog(SampleTraffic.log(format))
    let drops = SampleTraffic.batch.events.filter { $0.event.kind == .framesDropped(3) }
    let isHeld = FormatTraits.of(format).hasDrops
    #expect(
      read.batch.events.filter { $0.event.kind == .framesDropped(3) }.map(\.position)
        == (isHeld ? drops.map(\.position) : []))
    if isHeld, FormatTraits.of(format).hasBusesOfDrops {
      #expect(read.batch.events.first.map { read.reader.buses[$0.event.bus] } == "can0")
    }
  }

  @Test("what was read and written once is written the same again", arguments: FormatTraits.formats)
  func isStable(format: LogFormat) throws {
    let once = ReadLog(SampleTraffic.log(format))
    var writer = LogWriter(format: format)
    var again: [UInt8] = []
    writer.write(once.batch, buses: once.reader.buses, to: &again)
    writer.finish(to: &again)
    #expect(ReadLog(again).lines == once.lines)
  }

  @Test("frame by frame gives the same bytes as all at once", arguments: FormatTraits.formats)
  func batches(format: LogFormat) throws {
    let batch = SampleTraffic.batch
    var writer = LogWriter(format: format)
    var log: [UInt8] = []
    func write(_ body: (inout FrameBatch) -> Void) {
      var piece = FrameBatch()
      body(&piece)
      writer.write(piece, buses: SampleTraffic.buses, to: &log)
    }
    batch.forEach { frame in
      write { $0.append(frame) }
    } event: { event in
      write { $0.append(event) }
    }
    writer.finish(to: &log)
    #expect(log == SampleTraffic.log(format))
  }

  @Test("frames without a time are written, and counted", arguments: FormatTraits.formats)
  func missingTimes(format: LogFormat) throws {
    var batch = FrameBatch()
    batch.append(
      CANFrame(timestamp: CANFrame.noTime, identifier: .standard(0x351), payload: 1, length: 1))
    var writer = LogWriter(format: format)
    var log: [UInt8] = []
    writer.write(batch, buses: BusNames(), to: &log)
    writer.finish(to: &log)
    let read = ReadLog(log)
    #expect(read.notations == ["351#01"])
    let isHeld = FormatTraits.of(format).hasMissingTimes
    #expect(read.frames.map(\.timestamp) == [isHeld ? CANFrame.noTime : 0])
    #expect(writer.omissions[.missingTimes] == (isHeld ? 0 : 1))
  }

  @Test("times that a format cannot hold do no harm", arguments: FormatTraits.formats)
  func extremeTimes(format: LogFormat) {
    let times = [SampleTraffic.start, CANFrame.noTime, .max, -1, 0, CANFrame.noTime + 1]
    for zone in [-86_400, 0, 86_400] {
      for first in times.indices {
        var batch = FrameBatch()
        for time in times[first...] + times[..<first] {
          batch.append(CANFrame(timestamp: time, identifier: .standard(1), payload: 0, length: 0))
        }
        var writer = LogWriter(format: format, secondsEastOfUTC: zone)
        var log: [UInt8] = []
        writer.write(batch, buses: BusNames(), to: &log)
        writer.finish(to: &log)
        let read = ReadLog(log, format: format, zone: zone)
        #expect(read.frames.count + read.reader.rejections.count >= times.count)
      }
    }
  }

  @Test("a candump log keeps nanoseconds if it is asked to")
  func nanoseconds() throws {
    let identifier = try #require(CANIdentifier(exactly: 0x18FF_50E5, format: .extended))
    var batch = FrameBatch()
    for index in 0..<300 {
      batch.append(
        CANFrame(
          timestamp: SampleTraffic.start + Int64(index) * 1_000_000_123, identifier: identifier,
          payload: 1, length: 8))
    }
    var writer = LogWriter(format: .candump, hasNanoseconds: true)
    var log: [UInt8] = []
    writer.write(batch, buses: BusNames(["vcan12"]), to: &log)
    #expect(ReadLog(log).frames == batch.frames)
    #expect(writer.omissions.isEmpty)
  }

  @Test("times since the start of a recording stay what they are", arguments: FormatTraits.formats)
  func relativeTimes(format: LogFormat) throws {
    var batch = FrameBatch()
    for time: Int64 in [12_345_678_000, 13_000_000_000, 12_500_000_000] {
      batch.append(CANFrame(timestamp: time, identifier: .standard(0x351), payload: 1, length: 1))
    }
    var writer = LogWriter(format: format)
    var log: [UInt8] = []
    writer.write(batch, buses: BusNames(["can0"]), to: &log)
    writer.finish(to: &log)
    let resolution = FormatTraits.of(format).resolution
    let expected = batch.frames.map { $0.timestamp - $0.timestamp % resolution }
    #expect(ReadLog(log).frames.map(\.timestamp) == expected)
  }

  @Test("a log without frames is a log", arguments: FormatTraits.formats)
  func empty(format: LogFormat) throws {
    var writer = LogWriter(format: format)
    var log: [UInt8] = []
    writer.finish(to: &log)
    let read = ReadLog(log, format: format)
    #expect(read.frames.isEmpty)
    #expect(read.complaints == [])
    #expect(writer.omissions.isEmpty)
  }

  @Test("dates without a zone are written and read in the zone that was asked for")
  func zones() throws {
    for format in [LogFormat.asc, .trc] {
      var writer = LogWriter(format: format, secondsEastOfUTC: 7200)
      var log: [UInt8] = []
      var batch = FrameBatch()
      batch.append(SampleTraffic.batch.frames[0])
      writer.write(batch, buses: SampleTraffic.buses, to: &log)
      writer.finish(to: &log)
      #expect(ReadLog(log, zone: 7200).frames.map(\.timestamp) == [SampleTraffic.start])
      let asUTC = ReadLog(log)
      #expect(asUTC.frames.map(\.timestamp) == [SampleTraffic.start + 7_200_000_000_000])
      #expect(asUTC.reader.hasZonelessDates)
    }
  }
}
