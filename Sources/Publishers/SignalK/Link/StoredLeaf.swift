import Foundation

/// A value as a server's REST API shows it, with who sent it.
///
///     {"value":13.2,"$source":"busbar.house","timestamp":"…","values":{"busbar.house":{…},"n2k.1":{…}}}
enum StoredLeaf {
  /// The sources of a value; empty if the server has none, `nil` if it does not tell.
  static func sources(in answer: HTTPAnswer) -> Set<String>? {
    if answer.status == 404 { return [] }
    guard answer.status == 200,
      let leaf = try? JSONSerialization.jsonObject(with: answer.body) as? [String: Any]
    else { return nil }
    var sources = Set((leaf["values"] as? [String: Any] ?? [:]).keys)
    if let source = leaf["$source"] as? String { sources.insert(source) }
    return sources
  }
}
