import CANFrames
import CANInterfaces
import Foundation
import Testing

@Suite("Compressed logs")
struct CompressionTests {
  static let kinds: [Compression] = [.gzip, .zstd]

  /// What ``LogPacker`` makes of a text.
  static func packed(_ text: String, _ compression: Compression, pieces size: Int = .max) -> Data {
    let packer = LogPacker(compression)
    let bytes = Array(text.utf8)
    var packed: [UInt8] = []
    var start = 0
    while start < bytes.count {
      let end = size < bytes.count - start ? start + size : bytes.count
      packer.pack(bytes.span.extracting(start..<end), into: &packed)
      start = end
    }
    packer.finish(into: &packed)
    return Data(packed)
  }

  static func read(
    _ bytes: Data
  ) throws -> (batch: FrameBatch, reasons: [LineRejection.Reason], compression: Compression?) {
    let file = try TemporaryFile(bytes)
    var source = try FileSource(file.path)
    let (batch, state) = try readAll(&source)
    #expect(state == .ended)
    return (batch, source.rejections.entries.map(\.reason), source.compression)
  }

  @Test("are read as if they were not, whatever their name", arguments: kinds)
  func reads(compression: Compression) throws {
    let text = logText(50_000)  // unpacks to several pieces
    let (batch, reasons, found) = try Self.read(Self.packed(text, compression, pieces: 100_000))
    #expect(batch.frames.count == 50_000)
    #expect(batch.frames.last?.payload == UInt64(UInt32(49_999).byteSwapped))
    #expect(reasons.isEmpty)
    #expect(found == compression)
  }

  @Test("are read by the programs whose formats they are", arguments: kinds)
  func matchesPrograms(compression: Compression) throws {
    let file = try TemporaryFile(Self.packed(logText(1000), compression))
    let process = Process()
    process.executableURL = URL(filePath: compression == .gzip ? "/bin/gzip" : "/usr/bin/zstd")
    guard FileManager.default.isExecutableFile(atPath: process.executableURL?.path() ?? "") else {
      try Test.cancel("the program is not on this machine")
    }
    process.arguments = ["-dc"]
    process.standardInput = try FileHandle(forReadingFrom: URL(filePath: file.path))
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = try output.fileHandleForReading.readToEnd()
    process.waitUntilExit()
    #expect(text == Data(logText(1000).utf8))
  }

  @Test("may be put together, also with zeros between", arguments: kinds)
  func concatenated(compression: Compression) throws {
    let part = Self.packed(logText(10), compression)
    let (batch, reasons, _) = try Self.read(part + part + Data([0, 0, 0]) + part)
    #expect(batch.frames.count == 30)
    #expect(reasons.isEmpty)
  }

  @Test("that are cut give what is there, and say so", arguments: kinds)
  func cut(compression: Compression) throws {
    let whole = Self.packed(logText(200), compression)
    for end in stride(from: 4, to: whole.count, by: 7) {
      let (batch, reasons, _) = try Self.read(whole.prefix(end))
      #expect(batch.frames.count <= 200)
      // The last line may be cut too.
      #expect(reasons.contains(.compressionCut))
      #expect(reasons.count <= 2)
    }
  }

  @Test("that are damaged end there, and say so", arguments: kinds)
  func damaged(compression: Compression) throws {
    var bytes = Self.packed(logText(20_000), compression)
    for index in bytes.count / 2..<bytes.count / 2 + 64 { bytes[index] ^= 0x5A }
    let (batch, reasons, _) = try Self.read(bytes)
    #expect(batch.frames.count < 20_000)
    #expect(reasons.contains { [.compressionDamaged, .compressionCut].contains($0) })
  }

  @Test("that something else follows are read up to there", arguments: kinds)
  func trailer(compression: Compression) throws {
    let (batch, reasons, _) = try Self.read(
      Self.packed(logText(10), compression) + Data("not compressed".utf8))
    #expect(batch.frames.count == 10)
    #expect(reasons == [.compressionTrailer])
  }

  @Test("that unpack to a thousand times their size are read in pieces", arguments: kinds)
  func bomb(compression: Compression) throws {
    // 4 MB of line feeds are some kilobytes.
    let packer = LogPacker(compression)
    let blank = [UInt8](repeating: UInt8(ascii: "\n"), count: 1 << 20)
    var packed: [UInt8] = []
    for _ in 0..<4 { packer.pack(blank.span, into: &packed) }
    packer.finish(into: &packed)
    #expect(packed.count < 16 << 10)
    let file = try TemporaryFile(Data(packed))
    var source = try FileSource(file.path)
    var batch = FrameBatch()
    #expect(try source.read(into: &batch, waitingMilliseconds: 0) == .open)
    #expect(source.lineCount <= 256 << 10, "one read unpacks one piece")
    _ = try readAll(&source)
    #expect(source.lineCount == 4 << 20)
  }

  @Test("come through a pipe byte by byte, and loop", arguments: kinds)
  func arrivesByteByByte(compression: Compression) throws {
    let bytes = Self.packed(logText(3), compression)
    var ends: [CInt] = [-1, -1]
    #expect(unsafe pipe(&ends) == 0)
    let (reader, writer) = (ends[0], ends[1])
    var source = try FileSource("/dev/fd/\(reader)")
    inBackground {
      for byte in bytes {
        var byte = byte
        _ = unsafe write(writer, &byte, 1)
      }
      close(writer)
    }
    #expect(try readAll(&source).batch.frames.count == 3)
    close(reader)

    let file = try TemporaryFile(bytes)
    var again = try FileSource(file.path)
    _ = try readAll(&again)
    try again.rewind()
    #expect(try readAll(&again).batch.frames.count == 3)
  }

  @Test("a BLF file with compressed containers, as python-can writes it")
  func compressedContainers() throws {
    let bytes = try #require(Data(base64Encoded: Self.pythonBLF))
    let file = try TemporaryFile(bytes)
    var source = try FileSource(file.path)
    let frames = try readAll(&source).batch.frames
    #expect(source.format == .blf)
    #expect(
      frames.map { "\($0.identifier)#\($0.payloadText)" } == [
        "351#", "352#00", "353#0001", "354#000102", "355#00010203", "18FF50E5#0102",
        "305#0000000000000000", "00000088#0000900000000000",
      ])
    #expect(frames.map(\.kind.rawValue) == [0, 0, 0, 0, 0, 0, 1, 2])
    #expect(source.rejections.entries.map(\.reason) == [.flexibleDataRate])
    #expect(source.buses.names == ["can0", "can1"])
    for end in stride(from: 0, to: bytes.count, by: 3) {
      let cut = try TemporaryFile(bytes.prefix(end))
      var source = try FileSource(cut.path)
      let some = try readAll(&source).batch.frames
      #expect(some == Array(frames.prefix(some.count)))
    }
  }

  @Test("a container that unpacks to more than it says is named")
  func lyingContainer() throws {
    var bytes = try #require(Data(base64Encoded: Self.pythonBLF))
    bytes[144 + 24] = 20  // the first container holds 100 bytes
    let file = try TemporaryFile(bytes)
    var source = try FileSource(file.path)
    _ = try readAll(&source)
    #expect(source.rejections.entries.map(\.reason).contains(.containerSize))
  }

  /// python-can 4.6 with containers of 100 bytes: nine frames, one of them CAN FD.
  static let pythonBLF = """
    TE9HR5AAAAAFAAAAAgYIAWYCAAAAAAAAVAMAAAAAAAAJAAAAAAAAAOgHDAAFABsAAwAiADgAlAPoBwwABQAbAAMAIgA5ALwC\
    AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
    TE9CShAAAQBMAAAACgAAAAIAAAAAAAAAZAAAAAAAAAB4nPPxd/JSYGBkMGBgAJIMDEwMqAAkFsiM4PvgUP/dkR+mnjEITT0A\
    GrgGEUxPQkoQAAEAVgAAAAoAAAACAAAAAAAAAGQAAAAAAAAAeJxTYGBkMGBgAJIMDEwMEHC3RQ5MA8WYgpmhkkDg4+/kpYBF\
    /ZVjujD1zCFg9Uwo6gFFUAcWAABMT0JKEAABAFwAAAAKAAAAAgAAAAAAAABkAAAAAAAAAHicM2BgYGAEYiYGCDjDYQumgWIs\
    ocwgBhOIZPDxd/JSAIoaoKnP28vIygDhMz0N+D+DESqBrB4AVbIIn0xPQkoQAAEAWgAAAAoAAAACAAAAAAAAAGQAAAAAAAAA\
    eJxjZGBgYGKAgDyl80ogmpGhgYOVmQEOfPydvBSAog5AtieSen7moxoQ9TDAASY74PwJYBIAT14GCQAATE9CShAAAQBMAAAA\
    CgAAAAIAAAAAAAAAZAAAAAAAAAB4nPPxd/JSYGBkKGFgYEgBYiYGCJj3ZJceiGZkYOBUYIQKMvIwkAMAjTUExUxPQkoQAAEA\
    KwAAAAoAAAACAAAAAAAAABAAAAAAAAAAeJxjYEAFAAAQAAEAAAA=
    """
}
