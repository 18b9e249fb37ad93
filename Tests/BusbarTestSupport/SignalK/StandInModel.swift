import Foundation

/// What a Signal K server knows: leaves, meta and notifications, with the rules for what comes in.
///
/// It follows the reference server: the last arrival wins, whatever its time says, and nothing is
/// ever answered.
package struct StandInModel: Sendable {
  /// A value of a path from one source.
  package struct Leaf: Hashable, Sendable {
    /// As it was sent.
    package var value: JSONValue
    /// The delta's, or the time of arrival.
    package var timestamp: String
    /// Who sent it.
    package var source: String
  }

  /// What the user did about an alarm.
  struct Notification: Hashable, Sendable {
    var id: String
    var isAcknowledged = false
  }

  /// The newest leaf of each path of our own vessel.
  package private(set) var leaves: [String: Leaf] = [:]
  /// The newest leaf of each path and source.
  package private(set) var leavesBySource: [String: [String: Leaf]] = [:]
  /// Merged member by member, the last writer wins.
  package internal(set) var meta: [String: JSONValue] = [:]
  /// Deltas that were dropped since their sender may not write.
  package internal(set) var refusedDeltas = 0
  /// Updates that were dropped since they are malformed.
  package private(set) var malformedUpdates = 0
  var notifications: [String: Notification] = [:]
  var managesNotifications = true

  private static let forbiddenSegments: Set<Substring> = [
    "__proto__", "constructor", "prototype",
  ]

  /// Takes over a delta by the rules of the server.
  ///
  /// - Parameters:
  ///   - delta: One JSON object.
  ///   - provider: The `$source` of updates that name none.
  ///   - now: Time of arrival, for updates without a time.
  /// - Returns: What other clients are told, or `nil` if nothing of it was accepted.
  mutating func receive(_ delta: JSONValue, from provider: String, now: String) -> JSONValue? {
    guard let updates = delta["updates"]?.list else { return nil }
    let context = delta["context"]?.text ?? "vessels.self"
    let accepted = updates.compactMap { receive(update: $0, from: provider, now: now) }
    guard !accepted.isEmpty else { return nil }
    return ["context": .text(context), "updates": .list(accepted)]
  }

  private mutating func receive(
    update: JSONValue, from provider: String, now: String
  ) -> JSONValue? {
    guard var members = update.object else { return nil }
    if let values = members["values"] {
      guard let values = values.list, values.allSatisfy({ $0["path"]?.text != nil }) else {
        malformedUpdates += 1
        return nil
      }
    }
    let source = Self.source(of: update) ?? provider
    let time = members["timestamp"]?.text ?? now
    members["source"] = nil
    members["$source"] = .text(source)
    members["timestamp"] = .text(time)
    members["values"] = members["values"]?.list.map { values in
      .list(values.compactMap { store($0, source: source, time: time) })
    }
    for entry in members["meta"]?.list ?? [] { merge(entry) }
    if members["meta"]?.list == nil { members["meta"] = nil }
    return .object(members)
  }

  /// As the server derives it: `label.src`, or `label.XX` where there is nothing better.
  private static func source(of update: JSONValue) -> String? {
    if let source = update["$source"]?.text { return source }
    guard let source = update["source"], let label = source["label"]?.text else { return nil }
    return "\(label).\(source["src"]?.text ?? "XX")"
  }

  private mutating func store(_ entry: JSONValue, source: String, time: String) -> JSONValue? {
    guard let path = entry["path"]?.text, var value = entry["value"], !path.isEmpty,
      Self.forbiddenSegments.isDisjoint(with: path.split(separator: "."))
    else { return nil }
    if path.hasPrefix("notifications."), managesNotifications {
      value = manage(value, of: path, from: source)
    }
    let leaf = Leaf(value: value, timestamp: time, source: source)
    leaves[path] = leaf
    leavesBySource[path, default: [:]][source] = leaf
    return ["path": .text(path), "value": value]
  }

  private mutating func merge(_ entry: JSONValue) {
    guard let path = entry["path"]?.text, let new = entry["value"]?.object else { return }
    let old = meta[path]?.object ?? [:]
    meta[path] = .object(old.merging(new) { _, last in last })
  }
}

extension StandInModel {
  /// Adds what the server says about a notification beside its state.
  private mutating func manage(
    _ value: JSONValue, of path: String, from source: String
  ) -> JSONValue {
    guard var members = value.object else { return value }
    let key = "\(path) \(source)"
    var notification = notifications[key] ?? Notification(id: UUID().uuidString.lowercased())
    if members["state"] == "normal" { notification.isAcknowledged = false }
    notifications[key] = notification
    if notification.isAcknowledged { members["method"] = [] }
    members["id"] = .text(notification.id)
    members["status"] = [
      "silenced": false, "acknowledged": .flag(notification.isAcknowledged), "canSilence": true,
      "canAcknowledge": true, "canClear": false,
    ]
    return .object(members)
  }

  /// What the user does when he has seen an alarm; a `normal` undoes it.
  package mutating func acknowledge(_ path: String) {
    guard let leaf = leaves[path] else { return }
    notifications["\(path) \(leaf.source)"]?.isAcknowledged = true
    let entry: JSONValue = ["path": .text(path), "value": leaf.value]
    _ = store(entry, source: leaf.source, time: leaf.timestamp)
  }

  /// The part of the tree that a GET of `path` shows, or `nil` if there is none.
  func branch(_ path: String) -> JSONValue? {
    if leaves[path] != nil || meta[path] != nil { return document(path) }
    let root = path + "."
    var tree: [String: JSONValue] = [:]
    for path in Set(leaves.keys).union(meta.keys) where path.hasPrefix(root) {
      let segments = path.dropFirst(root.count).split(separator: ".").map(String.init)
      tree.insert(document(path), at: segments[...])
    }
    return tree.isEmpty ? nil : .object(tree)
  }

  private func document(_ path: String) -> JSONValue {
    var document: [String: JSONValue] = [:]
    document["meta"] = meta[path]
    if let leaf = leaves[path] {
      document["value"] = leaf.value
      document["$source"] = .text(leaf.source)
      document["timestamp"] = .text(leaf.timestamp)
    }
    if let sources = leavesBySource[path], sources.count > 1 {
      document["values"] = .object(
        sources.mapValues { ["value": $0.value, "timestamp": .text($0.timestamp)] })
    }
    return .object(document)
  }
}

extension [String: JSONValue] {
  fileprivate mutating func insert(_ document: JSONValue, at path: ArraySlice<String>) {
    guard let segment = path.first else { return }
    var members = self[segment]?.object ?? [:]
    if path.count == 1 {
      members.merge(document.object ?? [:]) { _, last in last }
    } else {
      members.insert(document, at: path.dropFirst())
    }
    self[segment] = .object(members)
  }
}
