/// Cuts deltas into lines that a Signal K server reads.
///
/// A server's TCP input throws away a line that has not ended after 2,048 characters, so that a
/// delta with many values is sent as several deltas.
enum DeltaLines {
  /// In bytes, without the line's end; a character is at least one byte.
  static let longest = 2048

  /// The lines for one delta, in order; an entry that is too long for a line by itself is left out.
  static func lines(of delta: SignalKDelta) -> [String] {
    let whole = delta.json
    if whole.utf8.count <= longest { return [whole] }
    return halves(of: delta).flatMap { lines(of: $0) }
  }

  /// Two deltas that together say the same, or none where nothing can be divided.
  private static func halves(of delta: SignalKDelta) -> [SignalKDelta] {
    if delta.updates.count > 1 {
      let middle = delta.updates.count / 2
      return [
        SignalKDelta(updates: Array(delta.updates[..<middle])),
        SignalKDelta(updates: Array(delta.updates[middle...])),
      ]
    }
    guard let update = delta.updates.first else { return [] }
    return
      (halves(of: update.meta ?? []) { $0.meta = $1 }
      + halves(of: update.values ?? []) { $0.values = $1 })
      .map { change in
        var half = update
        (half.meta, half.values) = (nil, nil)
        change(&half)
        return SignalKDelta(updates: [half])
      }
  }

  private static func halves<Content>(
    of entries: [SignalKDelta.Entry<Content>],
    put: @escaping (inout SignalKDelta.Update, [SignalKDelta.Entry<Content>]) -> Void
  ) -> [(inout SignalKDelta.Update) -> Void] {
    guard entries.count > 1 else { return [] }
    let middle = entries.count / 2
    return [{ put(&$0, Array(entries[..<middle])) }, { put(&$0, Array(entries[middle...])) }]
  }
}
