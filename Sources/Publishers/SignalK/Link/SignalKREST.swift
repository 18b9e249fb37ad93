/// Asks a server's REST API what one has to know before one publishes to it.
struct SignalKREST: Sendable {
  let requester: HTTPRequester

  private static let vessel = "/signalk/v1/api/vessels/self"

  /// Whether the server stores what we send.
  func loginStatus() async -> LoginStatus {
    LoginStatus(parsing: try? await requester.get("/skServer/loginStatus"))
  }

  /// What the server says already about each path of a battery.
  ///
  /// - Returns: `nil` if that could not be found out.
  func meta(of battery: SignalKBattery) async -> [String: ServerMeta]? {
    let root = battery.root
    let path = "\(Self.vessel)/\(root.replacing(".", with: "/"))"
    return ServerMetaTree.read(try? await requester.get(path), root: root)
  }

  /// What the server has stored of a path, by the sources that sent it.
  ///
  /// - Returns: `nil` if that could not be found out; empty if there is nothing.
  func sources(of path: String) async -> Set<String>? {
    guard let answer = try? await requester.get("\(Self.vessel)/\(path.replacing(".", with: "/"))")
    else { return nil }
    return StoredLeaf.sources(in: answer)
  }
}
