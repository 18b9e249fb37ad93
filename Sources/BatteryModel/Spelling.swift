/// Finds what somebody probably meant.
public enum Spelling {
  /// The candidate that is nearest to `word`, or `nil` if none is near enough to be meant.
  ///
  /// Near enough is at most one change (a letter added, left out or replaced) for every three
  /// letters.
  public static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
    let nearest =
      candidates
      .map { (candidate: $0, distance: distance(word.lowercased(), $0.lowercased())) }
      .min { ($0.distance, $0.candidate) < ($1.distance, $1.candidate) }
    guard let nearest, nearest.distance <= max(1, word.count / 3) else { return nil }
    return nearest.candidate
  }

  /// How many letters have to be added, left out or replaced (Levenshtein).
  private static func distance(_ left: String, _ right: String) -> Int {
    let (left, right) = (Array(left.utf8.prefix(100)), Array(right.utf8.prefix(100)))
    var row = Array(0...right.count)
    for (leftIndex, leftByte) in left.enumerated() {
      var diagonal = row[0]
      row[0] = leftIndex + 1
      for (rightIndex, rightByte) in right.enumerated() {
        let replaced = diagonal + (leftByte == rightByte ? 0 : 1)
        diagonal = row[rightIndex + 1]
        row[rightIndex + 1] = min(replaced, row[rightIndex] + 1, diagonal + 1)
      }
    }
    return row[right.count]
  }
}
