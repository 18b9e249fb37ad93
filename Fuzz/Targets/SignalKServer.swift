import Foundation
import FuzzSupport

@testable import Publishers

/// What a Signal K server sends: stream messages, answers, token files, addresses; and the state that
/// is kept about servers.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  fuzzArray(bytes, count) { bytes in
    let data = Data(bytes)
    if case .remark(let text) = ServerMessage(parsing: data) { requireOneLine(text) }
    for status in [200, 202, 400, 404, 429] {
      read(HTTPAnswer(status: status, reasonPhrase: "OK", location: nil, body: data))
    }
    _ = try? TokenFile.token(in: data)
    if let state = try? JSONDecoder().decode(SignalKState.self, from: data) {
      _ = state.serversWithToken
    }
    let text = String(decoding: bytes, as: UTF8.self)
    requireOneLine { () throws(SignalKError) in _ = try SignalKDestination(parsing: text) }
    requireOneLine { () throws(SignalKError) in _ = try CertificateFingerprint(parsing: text) }
  }
}

private let asked = SignalKEndpoint(host: "pi.local", port: 3000, isWebAddress: true)

private func read(_ answer: HTTPAnswer) {
  requireOneLine(answer.reason)
  let access = SignalKAccess.open
  LoginStatus(parsing: answer).warning(at: asked, access: access).map(requireOneLine)
  _ = ServerMetaTree.read(answer, root: "electrical.batteries.house")
  _ = StoredLeaf.sources(in: answer)
  for reply in [AccessReply(toRequest: answer), AccessReply(toPoll: answer)] {
    if case .pending(let path?) = reply { precondition(path.hasPrefix("/")) }
    if case .senseless(let text) = reply { requireOneLine(text) }
  }
  requireOneLine { () throws(SignalKError) in
    let stream = try DiscoveryDocument.stream(in: answer, of: asked)
    // Neither a token nor a value goes where a document alone says so.
    precondition(stream.host == asked.host)
  }
}

private func requireOneLine(_ body: () throws(SignalKError) -> Void) {
  do throws(SignalKError) {
    try body()
  } catch {
    requireOneLine("\(error)")
  }
}

private func requireOneLine(_ text: String) {
  precondition(!text.contains(where: \.isNewline), "one line: \(text.debugDescription)")
}
