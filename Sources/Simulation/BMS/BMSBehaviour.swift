/// In what BMSes of one kind differ from those of another.
package struct BMSBehaviour: Hashable, Sendable {
  /// Whether the charge current falls from BMIN on; a REC Q of software 2.8 does not do so.
  package var tapersFromBMIN = true
  /// Whether it warns before it raises an alarm; a REC Q never does.
  package var warns = false

  package init(tapersFromBMIN: Bool = true, warns: Bool = false) {
    self.tapersFromBMIN = tapersFromBMIN
    self.warns = warns
  }

  package static let rec = Self()
  package static let generic = Self(warns: true)
}
