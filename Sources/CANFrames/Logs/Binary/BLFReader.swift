/// Reads Vector's binary format.
///
///     file        LOGG, length of this head, ..., start (a date without a zone)
///     object      LOBJ, heads, content: a frame, or a container of compressed objects
///
/// An object may begin in one container and end in the next. The counters in the head are not
/// looked at: a writer that was killed left them 0. CAN FD frames are counted in ``rejections``,
/// objects of other kinds (other buses, panels, variables) are skipped. Channel 1 becomes `can0`,
/// as in `asc2log`.
struct BLFReader: LogReading {
  private(set) var buses = BusNames()
  private(set) var rejections = RejectionTally()
  /// How many objects were read, in containers and outside.
  var lineCount: Int { outer.count + inner.count }
  private(set) var frameCount = 0
  /// Whether the file's start is a date, which has no zone.
  private(set) var hasZonelessDates = false

  private enum Awaited: Hashable, Sendable {
    case fileStart
    case fileHead(length: Int)
    case objects
    /// Nothing: this is no such file.
    case nothing
  }

  /// How many bytes one container may unpack to; Vector's own have 128 KiB.
  private static let longestUnpacked = 32 << 20
  /// Before the first head of an object in a container.
  private static let containerHeadLength = 16

  private let inflater: (any Inflating)?
  private let secondsEastOfUTC: Int
  private var awaited = Awaited.fileStart
  private var records = RecordAssembler()
  /// Objects in the file, and objects in its containers.
  private var outer = BLFObjectSplitter()
  private var inner = BLFObjectSplitter()
  private var unpacked: [UInt8] = []
  private var start: Int64 = 0
  /// The index of each channel's bus.
  private var channels: [UInt8?] = []
  /// Where in the file is what is read now, roughly while it is in a container.
  private var fileOffset: Int { records.offset + outer.records.offset }

  /// - Parameters:
  ///   - inflater: Unpacks the containers; without one, compressed containers are rejected.
  ///   - secondsEastOfUTC: The zone of the file's start, which names none.
  init(inflater: (any Inflating)?, secondsEastOfUTC: Int = 0) {
    self.inflater = inflater
    self.secondsEastOfUTC = secondsEastOfUTC
  }

  mutating func read(_ chunk: Span<UInt8>, into batch: inout FrameBatch) {
    var position = 0
    while let length = headLength, let place = records.next(length, chunk, &position) {
      switch place {
      case .chunk(let range): readHead(chunk.extracting(range))
      case .kept:
        let kept = records.kept
        readHead(kept.span)
      }
    }
    guard awaited == .objects else { return }
    while let event = outer.next(chunk, &position) {
      switch event {
      case .damage(let count): reject(.damagedRecord, length: count, Span())
      case .object(let object, .chunk(let range)):
        read(object, chunk.extracting(range), into: &batch)
      case .object(let object, .kept):
        let kept = outer.records.kept
        read(object, kept.span, into: &batch)
      }
    }
  }

  mutating func finish(into batch: inout FrameBatch) {
    switch awaited {
    case .nothing: return
    case .fileStart where records.isAtRecordEnd: return
    case .fileStart, .fileHead: reject(.fileCut, length: 0, Span())
    case .objects:
      if max(outer.straysAtEnd, inner.straysAtEnd) > 0 { reject(.damagedRecord, length: 0, Span()) }
      if !outer.isAtObjectEnd || !inner.isAtObjectEnd { reject(.fileCut, length: 0, Span()) }
    }
  }

  /// How many bytes of the file's head come next; `nil` behind it.
  private var headLength: Int? {
    switch awaited {
    case .fileStart: 8
    case .fileHead(let length): length
    case .objects, .nothing: nil
    }
  }

  private mutating func readHead(_ head: Span<UInt8>) {
    let order = ByteOrder.littleEndian
    if case .fileHead = awaited {
      awaited = .objects
      guard let date = BLFTime.nanoseconds(head, at: 32) else { return }
      hasZonelessDates = true
      start = date - Int64(secondsEastOfUTC) * 1_000_000_000
      return
    }
    let length = Int(order.word32(head, at: 4))
    // L, O, G, G
    guard order.word32(head, at: 0) == 0x4747_4F4C, (72...4096).contains(length) else {
      reject(.fileHead, length: head.count, head)
      awaited = .nothing
      return
    }
    awaited = .fileHead(length: length - head.count)
  }

  /// Reads an object that stands in the file itself.
  private mutating func read(
    _ object: BLFObject, _ bytes: Span<UInt8>, into batch: inout FrameBatch
  ) {
    if object.kind == .container {
      unpack(bytes, into: &batch)
    } else {
      readContent(object, bytes, into: &batch)
    }
  }

  /// Reads `method (16 bits), -, unpacked size (32), -, data`.
  private mutating func unpack(_ container: Span<UInt8>, into batch: inout FrameBatch) {
    guard container.count >= Self.containerHeadLength else {
      return reject(.recordLength, length: container.count, container)
    }
    let order = ByteOrder.littleEndian
    let data = container.extracting(Self.containerHeadLength..<container.count)
    switch (order.word16(container, at: 0), inflater) {
    case (0, _): readObjects(data, into: &batch)
    case (2, let inflater?):
      let declared = Int(order.word32(container, at: 8))
      // Moved out, so that reading from it is not reading from `self`.
      var buffer: [UInt8] = []
      swap(&buffer, &unpacked)
      buffer.removeAll(keepingCapacity: true)
      let outcome = inflater.inflate(
        data, into: &buffer, limit: min(declared, Self.longestUnpacked))
      readObjects(buffer.span, into: &batch)
      swap(&buffer, &unpacked)
      switch outcome {
      case .complete: break
      case .damaged: reject(.containerData, length: container.count, container)
      case .limitReached: reject(.containerSize, length: container.count, container)
      }
    default: reject(.containerMethod, length: container.count, container)
    }
  }

  /// Reads what a container holds; the last object may go on in the next one.
  private mutating func readObjects(_ bytes: Span<UInt8>, into batch: inout FrameBatch) {
    var position = 0
    while let event = inner.next(bytes, &position) {
      switch event {
      case .damage(let count): reject(.damagedRecord, length: count, Span())
      case .object(let object, .chunk(let range)):
        readContent(object, bytes.extracting(range), into: &batch)
      case .object(let object, .kept):
        let kept = inner.records.kept
        readContent(object, kept.span, into: &batch)
      }
    }
  }

  /// Reads an object that is not a container; `bytes` are those behind its first head.
  private mutating func readContent(
    _ object: BLFObject, _ bytes: Span<UInt8>, into batch: inout FrameBatch
  ) {
    do throws(LineRejection) {
      guard let kind = object.kind, kind != .container else {
        throw LineRejection(.damagedRecord, column: 1)
      }
      let time = try time(bytes)
      let content = bytes.extracting(
        (object.headsLength - BLFObject.headLength)..<bytes.count)
      if kind == .framesLost { return try readLoss(content, time, into: &batch) }
      guard let message = try BLFMessage.content(kind, content) else { return }
      batch.append(
        CANFrame(
          timestamp: time, identifier: message.identifier, kind: message.kind,
          payload: message.payload, length: message.length, bus: bus(ofChannel: message.channel),
          isSent: message.isSent))
      frameCount += 1
    } catch {
      reject(error.reason, length: bytes.count, bytes)
    }
  }

  /// The time in the second head: units of 10 us with flag 1, else of 1 ns.
  private func time(_ bytes: Span<UInt8>) throws(LineRejection) -> Int64 {
    let order = ByteOrder.littleEndian
    let unit: Int64 = order.word32(bytes, at: 0) == 1 ? 10_000 : 1
    let ticks = Int64(exactly: order.word64(bytes, at: 8)) ?? .max
    let (distance, overflow1) = ticks.multipliedReportingOverflow(by: unit)
    let (time, overflow2) = distance.addingReportingOverflow(start)
    guard !overflow1, !overflow2, CANFrame.times.contains(time) else {
      throw LineRejection(.timeRange, column: 25)
    }
    return time
  }

  /// Reads `queue (32 bits), time of the first (64), frames lost (32)`.
  private mutating func readLoss(
    _ content: Span<UInt8>, _ time: Int64, into batch: inout FrameBatch
  ) throws(LineRejection) {
    guard content.count >= 16 else { throw LineRejection(.recordLength, column: content.count) }
    let count = Int(ByteOrder.littleEndian.word32(content, at: 12))
    // It is not said which channel lost them.
    let bus = batch.frames.last?.bus ?? buses.index(of: Span())
    if count > 0 { batch.append(BusEvent(.framesDropped(count), timestamp: time, bus: bus)) }
  }

  private mutating func bus(ofChannel channel: Int) -> UInt8 {
    if channel < channels.count, let bus = channels[channel] { return bus }
    let name = Array((channel == 0 ? "" : "can\(channel - 1)").utf8)
    let bus = buses.index(of: name.span)
    if channel < 256 {
      while channels.count <= channel { channels.append(nil) }
      channels[channel] = bus
    }
    return bus
  }

  private mutating func reject(
    _ reason: LineRejection.Reason, length: Int, _ bytes: Span<UInt8>
  ) {
    rejections.add(
      reason, record: lineCount, offset: max(0, fileOffset - length), bytes: bytes)
  }
}
