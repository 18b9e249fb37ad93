import Foundation
import FuzzSupport

@testable import Publishers

/// What a Signal K server sends: stream messages, answers, token files, addresses.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  fuzzArray(bytes, count) { bytes in
    let data = Data(bytes)
    _ = ServerMessage(parsing: data)
    let answer = HTTPAnswer(status: 200, reasonPhrase: "OK", location: nil, body: data)
    _ = LoginStatus(parsing: answer).warning(tokenFile: nil)
    _ = answer.reason
    _ = ServerMetaTree.members(in: answer, root: "electrical.batteries")
    _ = try? TokenFile.token(in: data)
    let text = String(decoding: bytes, as: UTF8.self)
    do throws(SignalKError) {
      _ = try SignalKDestination(parsing: text)
    } catch {
      precondition(!"\(error)".contains { $0.isNewline }, "one line")
    }
  }
}
