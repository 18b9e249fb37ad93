import Foundation

/// The meta that a server already has below a battery, read from its REST API.
enum ServerMetaTree {
  /// The names of the members of each path's meta.
  ///
  ///     {"voltage":{"meta":{"units":"V","displayName":"Bank 1"},"value":13.2},"capacity":{…}}
  ///
  /// - Parameters:
  ///   - answer: To a GET of the battery's branch; anything but such a tree counts as empty.
  ///   - root: The branch's path, `electrical.batteries.house`.
  /// - Returns: Empty where the server has none of the paths.
  static func members(in answer: HTTPAnswer?, root: String) -> [String: Set<String>] {
    guard let answer, answer.status == 200,
      let parsed = try? JSONSerialization.jsonObject(with: answer.body)
    else { return [:] }
    var members: [String: Set<String>] = [:]
    collect(parsed, path: root, depth: 0, into: &members)
    return members
  }

  private static func collect(
    _ node: Any, path: String, depth: Int, into members: inout [String: Set<String>]
  ) {
    // The deepest path that we publish has two levels below the battery.
    guard depth <= 4, let node = node as? [String: Any] else { return }
    for (key, child) in node {
      if key == "meta", let meta = child as? [String: Any] {
        members[path] = Set(meta.keys)
      } else {
        collect(child, path: "\(path).\(key)", depth: depth + 1, into: &members)
      }
    }
  }
}
