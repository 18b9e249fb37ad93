import Foundation
import FuzzSupport

@testable import BusbarApp

/// A configuration file: its YAML, its settings, and the lines that say what is wrong.
///
/// The state folder is settled beforehand: whatever a file names would be made.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  fuzzArray(bytes, count) { bytes in
    guard let text = String(validating: bytes, as: UTF8.self) else { return }
    let reader = ConfigurationReader(
      ConfigurationFile(parsing: text), hasFile: true,
      overrides: ConfigurationOverrides(flags: [.stateFolder: stateFolder]),
      surroundings: ConfigurationSurroundings(folder: nil, environment: [:]))
    for line in ConfigurationRefusal(reader.mistakes, file: "fuzz.yaml").lines + reader.notes {
      precondition(!line.contains(where: \.isNewline), "one line: \(line.debugDescription)")
    }
    precondition(!reader.mistakes.isEmpty || !reader.settings.batteries.isEmpty)
  }
}

private let stateFolder = FileManager.default.temporaryDirectory.path + "/busbar-fuzz"
