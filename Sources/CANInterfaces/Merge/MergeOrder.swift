import CANFrames

/// Puts what several sources gave into one order, in bounded memory.
struct MergeOrder: Sendable {
  private struct Waiting: Sendable {
    var queue = FrameBatchQueue()
    var hasEnded = false
  }

  private var sources: [Waiting]
  /// Whether all sources date their frames; `nil` until each has shown its first or ended.
  private var isByTime: Bool?
  private var everyFirstIsDated = true
  private var hasShownFirst: [Bool]

  init(count: Int) {
    sources = Array(repeating: Waiting(), count: count)
    hasShownFirst = Array(repeating: false, count: count)
  }

  /// Whether nothing is left and nothing will come.
  var isExhausted: Bool { sources.allSatisfy { $0.hasEnded && $0.queue.first == nil } }

  /// Whether a source has to be read before the order is known.
  func needs(_ index: Int) -> Bool {
    guard !sources[index].hasEnded, sources[index].queue.first == nil else { return false }
    guard isByTime == false else { return true }
    return sources.firstIndex { !$0.hasEnded || $0.queue.first != nil } == index
  }

  mutating func add(_ batch: FrameBatch, from index: Int) {
    if let first = batch.frames.first, !hasShownFirst[index] {
      hasShownFirst[index] = true
      everyFirstIsDated = everyFirstIsDated && first.absoluteTime != nil
    }
    sources[index].queue.append(batch)
  }

  /// Call when a source has given all it had.
  mutating func end(_ index: Int) { sources[index].hasEnded = true }

  /// Moves what is in order to `batch`.
  ///
  /// - Parameters:
  ///   - names: Gives buses their common indices.
  ///   - isComplete: Whether everything that is there is to be moved, because nobody can know what
  ///     comes later; otherwise a source that may yet bring something earlier is waited for.
  ///   - batch: What it is appended to.
  mutating func drain(
    names: inout MergedBusNames, isComplete: Bool, into batch: inout FrameBatch
  ) {
    if !isComplete, isByTime == nil {
      guard sources.indices.allSatisfy({ hasShownFirst[$0] || sources[$0].hasEnded }) else {
        return
      }
      isByTime = everyFirstIsDated
    }
    while let index = next(isComplete: isComplete) {
      let item = sources[index].queue.first
      sources[index].queue.removeFirst()
      switch item {
      case .frame(var frame):
        frame.bus = names.index(of: frame.bus, source: index)
        batch.append(frame)
      case .event(var event):
        event.bus = names.index(of: event.bus, source: index)
        batch.append(event)
      case nil: return
      }
    }
  }

  /// Whose turn it is; `nil` if nobody's, or if that cannot be known yet.
  private func next(isComplete: Bool) -> Int? {
    if !isComplete, isByTime == false {
      let index = sources.firstIndex { !$0.hasEnded || $0.queue.first != nil }
      return index.flatMap { sources[$0].queue.first == nil ? nil : $0 }
    }
    var best: (index: Int, time: Int64)?
    for (index, source) in sources.enumerated() {
      guard let first = source.queue.first else {
        if !isComplete, !source.hasEnded { return nil }
        continue
      }
      if best.map({ first.timestamp < $0.time }) ?? true { best = (index, first.timestamp) }
    }
    return best?.index
  }
}
