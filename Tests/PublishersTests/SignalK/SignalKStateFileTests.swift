import BusbarTestSupport
import Foundation
import Publishers
import Testing

@Suite("What is remembered of servers")
struct SignalKStateFileTests {
  @Test("makes its folder, and a file that only its owner reads")
  func makes() throws {
    let folder = try TemporaryFolder()
    let state = SignalKStateFile(folder: folder.url.appending(path: "a/b").path())
    try state.check()
    try state.check()
    let attributes = try FileManager.default.attributesOfItem(atPath: state.path)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.url.appending(path: "a/b").path())
        .count == 1)
  }

  @Test("says why it cannot be kept")
  func saysWhy() throws {
    let folder = try TemporaryFolder()
    _ = try folder.file("plain", Data("x".utf8))
    let inTheWay = SignalKStateFile(folder: folder.url.appending(path: "plain/state").path())
    let error = try #require(throws: SignalKError.self) { try inTheWay.check() }
    #expect(error.isSetting)
    #expect("\(error)".hasPrefix("state file \(inTheWay.path): "))
    let unwritable = SignalKStateFile(folder: "/proc/busbar")
    let refusal = try #require(throws: SignalKError.self) { try unwritable.check() }
    #expect("\(refusal)".contains("cannot be written"))
  }

  @Test("says that it is damaged, and what to do", arguments: ["", "{", "[]", #"{"servers":7}"#])
  func isDamaged(contents: String) throws {
    let folder = try TemporaryFolder()
    _ = try folder.file("signalk.json", Data(contents.utf8))
    let state = SignalKStateFile(folder: folder.url.path())
    let error = try #require(throws: SignalKError.self) { try state.check() }
    #expect(
      "\(error)" == """
        state file \(state.path): it is damaged; delete it, and access has to be given anew
        """)
  }
}
