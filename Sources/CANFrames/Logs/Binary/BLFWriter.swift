/// Writes Vector's binary format: classic frames in containers that are not compressed.
///
/// Times are in nanoseconds since the file's start, which is the first frame's time in UTC, cut off
/// to milliseconds. A bus is the number that stands in its name, from 1. The head's counters are
/// written as 0, which readers have to live with; who can write the file's beginning again puts
/// ``finishedHead`` there.
public struct BLFWriter: LogWriting {
  public private(set) var omissions = LogOmissions()
  private static let headLength = 144
  /// The content of a container is cut at this size, as Vector's own writer does.
  private static let containerSize = 128 << 10
  private static let containerHeadsLength = 32

  private var numbers = BusNumbers()
  private var start: Int64?
  private var lastTime: Int64 = 0
  private var fileSize: UInt64 = 0
  private var unpackedSize: UInt64 = 0
  private var objectCount: UInt32 = 0
  /// Objects that wait for their container to be full.
  private var objects: [UInt8] = []

  public init() {}

  /// The head with the file's size, end and number of objects, known after ``finish(to:)``.
  public var finishedHead: [UInt8] {
    var head: [UInt8] = []
    head.append(contentsOf: [0x4C, 0x4F, 0x47, 0x47])  // LOGG
    head.append(littleEndian: UInt32(Self.headLength))
    head.append(contentsOf: [0, 0, 0, 0])  // the program: none of Vector's
    head.append(contentsOf: [2, 6, 8, 1])  // the version of the format
    head.append(littleEndian: fileSize)
    head.append(littleEndian: unpackedSize)
    head.append(littleEndian: objectCount)
    head.append(littleEndian: 0 as UInt32)
    let isAbsolute = (start ?? 0) >= CANFrame.firstAbsoluteTime
    BLFTime.append(isAbsolute ? start : nil, to: &head)
    BLFTime.append(isAbsolute && fileSize > 0 ? lastTime : nil, to: &head)
    head.pad(to: Self.headLength, from: 0)
    return head
  }

  public mutating func write(
    _ batch: borrowing FrameBatch, buses: BusNames, to log: inout [UInt8]
  ) {
    var events = batch.events.makeIterator()
    var event = events.next()
    for (index, frame) in batch.frames.enumerated() {
      while let placed = event, placed.position <= index {
        write(placed.event, to: &log)
        event = events.next()
      }
      numbers.assign(buses, including: frame.bus)
      if !numbers[frame.bus].keepsName { omissions.add(.busNames) }
      write(frame, to: &log)
    }
    while let placed = event {
      write(placed.event, to: &log)
      event = events.next()
    }
  }

  public mutating func finish(to log: inout [UInt8]) {
    begin(at: 0, &log)
    writeContainer(to: &log)
  }

  /// Writes the file's head, with the time of the first frame or event as its start.
  private mutating func begin(at time: Int64, _ log: inout [UInt8]) {
    guard start == nil else { return }
    start = time >= CANFrame.firstAbsoluteTime ? time / 1_000_000 * 1_000_000 : 0
    log.append(contentsOf: finishedHead)
    fileSize = UInt64(Self.headLength)
    unpackedSize = fileSize
  }

  private mutating func write(_ frame: CANFrame, to log: inout [UInt8]) {
    begin(at: frame.timestamp, &log)
    if frame.kind == .error { writeError(frame) } else { writeMessage(frame) }
    objectCount += 1
    if objects.count >= Self.containerSize { writeContainer(to: &log) }
  }

  private mutating func writeMessage(_ frame: CANFrame) {
    beginObject(.message, contentLength: 16, frame.timestamp)
    objects.append(littleEndian: UInt16(numbers[frame.bus].number) + 1)
    objects.append(
      (frame.kind == .remote ? BLFMessage.remoteFlag : 0)
        | (frame.isSent ? BLFMessage.sentFlag : 0))
    objects.append(frame.length)
    let format: UInt32 = frame.identifier.format == .extended ? 0x8000_0000 : 0
    objects.append(littleEndian: frame.identifier.number | format)
    objects.append(littleEndian: frame.payload)
  }

  /// The kernel's classes and details stand where the frame's would.
  private mutating func writeError(_ frame: CANFrame) {
    beginObject(.extendedError, contentLength: 32, frame.timestamp)
    objects.append(littleEndian: UInt16(numbers[frame.bus].number) + 1)
    objects.append(contentsOf: repeatElement(0, count: 8))
    objects.append(littleEndian: UInt16(frame.length))
    objects.append(littleEndian: 0 as UInt32)
    objects.append(littleEndian: frame.identifier.number)
    objects.append(littleEndian: 0 as UInt32)
    objects.append(littleEndian: frame.payload)
  }

  private mutating func write(_ event: BusEvent, to log: inout [UInt8]) {
    guard case .framesDropped(let count) = event.kind else { return omissions.add(.events) }
    let time = event.timestamp == CANFrame.noTime ? lastTime : event.timestamp
    begin(at: time, &log)
    beginObject(.framesLost, contentLength: 16, time)
    objects.append(littleEndian: 0 as UInt32)
    objects.append(littleEndian: UInt64(max(0, time - (start ?? 0))))
    objects.append(littleEndian: UInt32(clamping: count))
    objectCount += 1
  }

  private mutating func beginObject(
    _ kind: BLFObject.Kind, contentLength: Int, _ timestamp: Int64
  ) {
    appendHead(kind, headsLength: 32, length: 32 + contentLength, to: &objects)
    objects.append(littleEndian: 2 as UInt32)  // the time is in nanoseconds
    objects.append(littleEndian: 0 as UInt32)
    objects.append(littleEndian: UInt64(sinceStart(timestamp)))
  }

  /// The time that can be written for a frame: never before the file's start.
  private mutating func sinceStart(_ timestamp: Int64) -> Int64 {
    let start = start ?? 0
    if timestamp == CANFrame.noTime {
      omissions.add(.missingTimes)
      return 0
    }
    guard timestamp >= start else {
      omissions.add(.backwardTimes)
      return 0
    }
    lastTime = max(lastTime, timestamp)
    return timestamp - start
  }

  private mutating func writeContainer(to log: inout [UInt8]) {
    guard !objects.isEmpty else { return }
    let length = Self.containerHeadsLength + objects.count
    let count = log.count
    appendHead(.container, headsLength: UInt16(BLFObject.headLength), length: length, to: &log)
    log.append(littleEndian: 0 as UInt64)  // not compressed
    log.append(littleEndian: UInt32(objects.count))
    log.append(littleEndian: 0 as UInt32)
    log.append(contentsOf: objects)
    log.append(contentsOf: repeatElement(0, count: length % 4))
    fileSize += UInt64(log.count - count)
    unpackedSize += UInt64(length)
    objects.removeAll(keepingCapacity: true)
  }

  private func appendHead(
    _ kind: BLFObject.Kind, headsLength: UInt16, length: Int, to bytes: inout [UInt8]
  ) {
    for index in BLFObject.signature.indices { bytes.append(BLFObject.signature[index]) }
    bytes.append(littleEndian: headsLength)
    bytes.append(littleEndian: 1 as UInt16)
    bytes.append(littleEndian: UInt32(length))
    bytes.append(littleEndian: kind.rawValue)
  }
}
