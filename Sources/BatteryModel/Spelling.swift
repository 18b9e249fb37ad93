/// Finds what somebody probably meant.
public enum Spelling {
  /// The candidate that is nearest to `word`, or `nil` if none is near enough to be meant.
  ///
  /// Near enough is at most one change (a letter added, left out or replaced, or two neighbours that
  /// changed places) for every three letters.
  public static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
    let nearest =
      candidates
      .map { (candidate: $0, distance: distance(word.lowercased(), $0.lowercased())) }
      .min { ($0.distance, $0.candidate) < ($1.distance, $1.candidate) }
    guard let nearest, nearest.distance <= max(1, word.count / 3) else { return nil }
    return nearest.candidate
  }

  /// How many changes make one word of the other (optimal string alignment).
  private static func distance(_ left: String, _ right: String) -> Int {
    let (left, right) = (Array(left.utf8.prefix(100)), Array(right.utf8.prefix(100)))
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for (leftIndex, leftByte) in left.enumerated() {
      var row = [leftIndex + 1]
      for (rightIndex, rightByte) in right.enumerated() {
        let replaced = last[rightIndex] + (leftByte == rightByte ? 0 : 1)
        var best = min(replaced, row[rightIndex] + 1, last[rightIndex + 1] + 1)
        if leftIndex > 0, rightIndex > 0, leftByte == right[rightIndex - 1],
          rightByte == left[leftIndex - 1]
        {
          best = min(best, beforeLast[rightIndex - 1] + 1)
        }
        row.append(best)
      }
      (beforeLast, last) = (last, row)
    }
    return last[right.count]
  }
}
