import Foundation
import Testing

/// Holds the table of targets in `docs/architecture.md` against the sources.
@Suite("Architecture")
struct ImportsTests {
  /// What each target may import of Busbar's own targets.
  static let allowed: [String: Set<String>] = [
    "CANFrames": [],
    "CANInterfaces": ["CANFrames", "CSocketCAN", "CZlib", "CZstd"],
    "FrameStore": ["CANFrames", "CZstd", "Hashing"],
    "Hashing": [],
    "DBC": ["CANFrames"],
    "BatteryModel": [],
    "BMSDialects": ["CANFrames", "DBC", "BatteryModel", "CEmbeddedFiles"],
    "History": ["CANFrames", "DBC", "FrameStore", "BMSDialects", "BatteryModel"],
    "Publishers": ["BatteryModel", "Hashing"],
    "Simulation": ["CANFrames", "DBC", "BatteryModel", "BMSDialects", "CEmbeddedFiles"],
    "CANTransmitter": ["CANFrames", "CSocketCAN"],
    "BusbarApp": [
      "CANFrames", "CSocketCAN", "CANInterfaces", "FrameStore", "History", "DBC", "BatteryModel",
      "BMSDialects", "Publishers", "Simulation",
    ],
    "busbar": [
      "BusbarApp", "CANFrames", "CANInterfaces", "CANTransmitter", "FrameStore", "History",
      "BatteryModel", "BMSDialects",
      "Publishers", "Simulation",
    ],
  ]
  /// Targets that do without anything but the standard library.
  static let pure = ["CANFrames", "DBC", "BatteryModel", "Hashing"]

  /// Targets without Swift: C code, and the system's libraries.
  static let foreign: Set<String> = [
    "CSocketCAN", "CZlib", "CZstd", "CEmbeddedFiles",
  ]

  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  @Test("every target imports only what the table allows", arguments: Array(allowed.keys))
  func imports(target: String) throws {
    let own = Set(Self.allowed.keys).union(Self.foreign)
    for (file, modules) in try Self.imports(of: target) {
      let forbidden = modules.intersection(own).subtracting(Self.allowed[target] ?? [])
      #expect(forbidden.isEmpty, "\(file) imports \(forbidden.sorted())")
    }
  }

  @Test("the core does without Foundation and Glibc", arguments: pure)
  func staysPure(target: String) throws {
    let own = Set(Self.allowed.keys)
    for (file, modules) in try Self.imports(of: target) {
      #expect(modules.subtracting(own).isEmpty, "\(file) imports \(modules.sorted())")
    }
  }

  @Test("every target of the package is in the table")
  func isComplete() throws {
    let folders = try FileManager.default.contentsOfDirectory(
      atPath: Self.root.appending(path: "Sources").path())
    #expect(Set(folders) == Set(Self.allowed.keys).union(Self.foreign))
  }

  @Test("what can send on a bus is one file, and one command reaches it")
  func transmitterIsGated() throws {
    #expect(
      try Self.files(of: "CANTransmitter").map(\.lastPathComponent) == ["CANTransmitter.swift"])
    var importers: [String] = []
    for target in Self.allowed.keys {
      importers += try Self.imports(of: target).filter { $0.modules.contains("CANTransmitter") }
        .map { "\(target)/\($0.file)" }
    }
    #expect(importers == ["busbar/TransmitOutput.swift"])
  }

  @Test("no source file is longer than 500 lines")
  func staysSmall() throws {
    for target in Self.allowed.keys {
      for file in try Self.files(of: target) {
        let lines = try String(contentsOf: file, encoding: .utf8).split(
          separator: "\n", omittingEmptySubsequences: false
        ).count
        #expect(lines <= 500, "\(file.lastPathComponent) has \(lines) lines")
      }
    }
  }

  private static func files(of target: String) throws -> [URL] {
    let folder = root.appending(path: "Sources/\(target)")
    let paths = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    return (paths?.allObjects ?? []).compactMap { $0 as? URL }.filter {
      $0.pathExtension == "swift"
    }
  }

  private static func imports(of target: String) throws -> [(file: String, modules: Set<String>)] {
    try files(of: target).map { file in
      let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
      let modules = lines.compactMap { line -> String? in
        let words = line.split(separator: " ")
        guard let keyword = words.firstIndex(of: "import"), keyword <= 2, keyword + 1 < words.count,
          !line.hasPrefix(" "), !line.hasPrefix("/")
        else { return nil }
        return String(words[keyword + 1])
      }
      return (file.lastPathComponent, Set(modules))
    }
  }
}
