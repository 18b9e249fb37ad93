/// Brings streams together in the order of their times, and of their numbers where times are equal.
///
/// A binary heap of the streams by the time of their next frame.
struct StreamMerge {
  private struct Head {
    var time: Int64
    var stream: Int32
    /// Where the stream's next frame is, and where its frames end.
    var next: Int32
    var end: Int32

    @inline(__always) func precedes(_ other: Head) -> Bool {
      time != other.time ? time < other.time : stream < other.stream
    }
  }

  private var heap: [Head] = []

  /// - Parameters:
  ///   - ranges: Where each stream's frames are in `times`; an empty range takes no part.
  ///   - times: Not descending within a stream.
  init(_ ranges: [Range<Int>], _ times: [Int64]) {
    for (stream, range) in ranges.enumerated() where !range.isEmpty {
      heap.append(
        Head(
          time: times[range.lowerBound], stream: Int32(stream), next: Int32(range.lowerBound),
          end: Int32(range.upperBound)))
    }
    for index in (0..<heap.count / 2).reversed() { sift(index) }
  }

  /// The next frame's stream and place, or `nil` after the last.
  @inline(__always) mutating func next(_ times: Span<Int64>) -> (stream: Int, place: Int)? {
    guard let head = heap.first else { return nil }
    if head.next + 1 < head.end {
      heap[0].next = head.next + 1
      heap[0].time = times[Int(head.next) + 1]
    } else {
      let last = heap.removeLast()
      if heap.isEmpty { return (Int(head.stream), Int(head.next)) }
      heap[0] = last
    }
    sift(0)
    return (Int(head.stream), Int(head.next))
  }

  @inline(__always) private mutating func sift(_ start: Int) {
    var heap = heap.mutableSpan
    let head = heap[start]
    var index = start
    while true {
      var child = 2 * index + 1
      guard child < heap.count else { break }
      if child + 1 < heap.count, heap[child + 1].precedes(heap[child]) { child += 1 }
      guard heap[child].precedes(head) else { break }
      heap[index] = heap[child]
      index = child
    }
    heap[index] = head
  }
}
