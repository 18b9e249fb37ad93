import Foundation

/// The meta that a server already has below a battery, read from its REST API.
enum ServerMetaTree {
  /// The meta of each path.
  ///
  ///     {"voltage":{"meta":{"units":"V","displayName":"Bank 1"},"value":13.2},"capacity":{…}}
  ///
  /// - Parameters:
  ///   - answer: To a GET of the battery's branch.
  ///   - root: The branch's path, `electrical.batteries.house`.
  /// - Returns: Empty where the server has none of the paths, `nil` where it does not tell.
  static func read(_ answer: HTTPAnswer?, root: String) -> [String: ServerMeta]? {
    guard let answer else { return nil }
    if answer.status == 404 { return [:] }
    guard answer.status == 200,
      let parsed = try? JSONSerialization.jsonObject(with: answer.body), parsed is [String: Any]
    else { return nil }
    var metas: [String: ServerMeta] = [:]
    collect(parsed, path: root, depth: 0, into: &metas)
    return metas
  }

  private static func collect(
    _ node: Any, path: String, depth: Int, into metas: inout [String: ServerMeta]
  ) {
    // The deepest path that we publish has three levels below the battery.
    guard depth <= 4, let node = node as? [String: Any] else { return }
    for (key, child) in node {
      if key == "meta", let meta = child as? [String: Any] {
        metas[path] = ServerMeta(
          members: Set(meta.keys), description: meta["description"] as? String,
          units: meta["units"] as? String)
      } else {
        collect(child, path: "\(path).\(key)", depth: depth + 1, into: &metas)
      }
    }
  }
}
