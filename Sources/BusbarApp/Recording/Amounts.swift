/// A length of time as `--keep` takes it: `2y`, `90d`, `12h`.
package struct Age: Hashable, Sendable {
  package var nanoseconds: Int64

  package init?(_ text: String) {
    let hours: [Character: Double] = ["h": 1, "d": 24, "w": 168, "y": 8766]
    guard let unit = text.last.flatMap({ hours[$0] }),
      let number = Double(text.dropLast()), number > 0, number * unit < 2_000_000
    else { return nil }
    nanoseconds = Int64(number * unit * 3600) * 1_000_000_000
  }
}

/// A size as `--max-size` takes it: `500M`, `4G`.
package struct FileSize: Hashable, Sendable {
  package var bytes: Int64

  package init?(_ text: String) {
    let factors: [Character: Double] = ["K": 1e3, "M": 1e6, "G": 1e9, "T": 1e12]
    guard let unit = text.last.flatMap({ factors[$0] }),
      let number = Double(text.dropLast()), number > 0, number * unit <= 1e15
    else { return nil }
    bytes = Int64(number * unit)
  }
}
