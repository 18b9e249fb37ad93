/// What a long life has cost: what `signalk-soak` prints, as one JSON object.
package struct SoakFigures: Codable, Sendable {
  /// After a fifth of the life, when everything that is made once is there.
  package var warm: ProcessFigures
  /// When it was over.
  package var end: ProcessFigures
  package var connections: Int
  package var deltas: Int

  package init(warm: ProcessFigures, end: ProcessFigures, connections: Int, deltas: Int) {
    self.warm = warm
    self.end = end
    self.connections = connections
    self.deltas = deltas
  }
}
