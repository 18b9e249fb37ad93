import Foundation
import Testing

/// Nothing in this target can put a frame on a bus.
///
/// One function of one file gives bytes to a descriptor, which is a serial port or a TCP connection
/// and never a CAN socket. It takes an `AdapterCommand` and nothing else, and `AdapterCommandTests`
/// knows all of those. There is no other call in the target by which bytes could leave it.
@Suite("Harmlessness")
struct HarmlessnessTests {
  /// Every call by which Linux takes bytes for a descriptor, or any call at all.
  static let forbidden: Set<String> = [
    "send", "sendto", "sendmsg", "sendmmsg", "sendfile", "sendfile64", "write", "writev", "pwrite",
    "pwrite64", "pwritev", "pwritev2", "pwritev64", "splice", "vmsplice", "tee", "aio_write",
    "eventfd_write", "copy_file_range", "fwrite", "fputs", "fputc", "putc", "dprintf", "vdprintf",
    "fprintf", "io_uring_enter", "io_uring_setup", "io_uring_register", "io_submit", "syscall",
    "dlsym", "dlopen",
  ]

  /// The file that may name two such calls, once each, and the line that they stand behind.
  static let speaker = "AdapterLink.swift"
  static let allowed: Set<String> = ["send", "write"]

  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  @Test("no source names a call that sends", arguments: ["CANInterfaces", "CSocketCAN"])
  func sourcesNameNone(target: String) throws {
    let folder = Self.root.appending(path: "Sources/\(target)").resolvingSymlinksInPath()
    let files = try #require(
      FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    ).compactMap { $0 as? URL }.filter { ["swift", "c", "h"].contains($0.pathExtension) }
    #expect(!files.isEmpty)
    for file in files where file.lastPathComponent != Self.speaker {
      let text = try String(contentsOf: file, encoding: .utf8)
      for (index, line) in text.components(separatedBy: "\n").enumerated() {
        let code = line.components(separatedBy: "//")[0]
        let words = code.components(
          separatedBy: CharacterSet.alphanumerics.union(["_"]).inverted)
        let found = Self.forbidden.intersection(words)
        #expect(found.isEmpty, "\(file.lastPathComponent):\(index + 1)")
        let isRing = words.contains { $0.hasPrefix("io_uring") }
        #expect(!isRing, "\(file.lastPathComponent):\(index + 1)")
      }
    }
  }

  @Test("one function says what it is given as a command, and only that")
  func speaks() throws {
    let file = Self.root.appending(path: "Sources/CANInterfaces/Adapters/\(Self.speaker)")
    let text = try String(contentsOf: file, encoding: .utf8)
    let code = text.components(separatedBy: "\n").map { $0.components(separatedBy: "//")[0] }
    let words = code.joined(separator: "\n").components(
      separatedBy: CharacterSet.alphanumerics.union(["_"]).inverted)
    #expect(words.filter { $0 == "send" }.count == 1)
    // Once as the call, twice as the name in what it throws.
    #expect(words.filter { $0 == "write" }.count == 3)
    #expect(Self.forbidden.intersection(words) == Self.allowed)
    let function = try #require(text.firstRange(of: "func say(_ command: AdapterCommand)"))
    let body = text[function.upperBound...].prefix { $0 != "}" }
    #expect(body.contains("var rest = command.bytes[...]"))
    let end = try #require(text[function.upperBound...].firstRange(of: "\n  }\n"))
    let after = text[end.upperBound...] + text[..<function.lowerBound]
    #expect(after.firstRange(of: /\b(send|write)\(/) == nil)
    #expect(!words.contains("AF_CAN") && !words.contains("PF_CAN"))
  }

  @Test("CAN sockets are made where frames come in, and in the one file that is meant to send")
  func socketsAreMadeInTwoPlaces() throws {
    let folder = Self.root.appending(path: "Sources").resolvingSymlinksInPath()
    let files = try #require(
      FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    ).compactMap { $0 as? URL }.filter { ["swift", "c", "h"].contains($0.pathExtension) }
    let makers = try files.filter { file in
      let text = try String(contentsOf: file, encoding: .utf8)
      return text.contains("PF_CAN") || text.contains("AF_CAN)")
    }
    let places = Set(makers.map { $0.pathComponents.suffix(2).joined(separator: "/") })
    #expect(
      places == ["SocketCAN/CANSocket.swift", "CANTransmitter/CANTransmitter.swift"])
  }

  @Test("no object file asks for a call that sends")
  func objectsAskForNone() throws {
    let objects = Self.objectFiles()
    let nm = URL(filePath: "/usr/bin/nm")
    guard !objects.isEmpty, FileManager.default.isExecutableFile(atPath: nm.path()) else {
      try Test.cancel("no object files of the target, or no nm, on this machine")
    }
    let output = Pipe()
    let process = Process()
    process.executableURL = nm
    process.arguments = ["--undefined-only", "--format=just-symbols"] + objects.map { $0.path() }
    process.standardOutput = output
    try process.run()
    let listing = try #require(try output.fileHandleForReading.readToEnd())
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    let symbols = Set(
      String(decoding: listing, as: UTF8.self).split(separator: "\n").map { name in
        String(name.prefix { $0 != "@" })
      })
    #expect(symbols.contains("recvmmsg"), "the objects are those of the target")
    // A Mutex waits by syscall(SYS_futex); that no source of ours calls it, the other test says.
    #expect(symbols.intersection(Self.forbidden).subtracting(["syscall"]) == Self.allowed)
  }

  /// The object files of the two targets that stand beside the running tests.
  private static func objectFiles() -> [URL] {
    let tests = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    let folder = tests.deletingLastPathComponent()
    return ["CANInterfaces", "CSocketCAN"].flatMap { target in
      let objects = folder.appending(path: "\(target).build")
      let names = (try? FileManager.default.contentsOfDirectory(atPath: objects.path())) ?? []
      return names.filter { $0.hasSuffix(".o") }.map { objects.appending(path: $0) }
    }
  }
}
