import FuzzSupport

@testable import CANInterfaces

/// What a user writes to say where frames come from, and what is said of a wrong word.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  fuzzArray(bytes, count) { bytes in
    let word = String(decoding: bytes, as: UTF8.self)
    do throws(SourceError) {
      _ = try SourceSpecification(parsing: word, in: Nowhere())
    } catch {
      let text = "\(error)"
      precondition(!text.contains { $0.isNewline }, "one line")
    }
  }
}

/// A machine with one file, one directory and two interfaces.
private struct Nowhere: SourceSurroundings {
  func kind(ofPath path: String) -> PathKind? {
    path == "a.log" ? .file : path == "logs" ? .directory : nil
  }

  func interfaces() -> [NetworkInterface] {
    [
      NetworkInterface(name: "can0", index: 1, isUp: true, isCAN: true),
      NetworkInterface(name: "eth0", index: 2, isUp: true, isCAN: false),
    ]
  }

  var hasCAN: Bool { true }
}
