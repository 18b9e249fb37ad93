/// What the user calls a battery, and what Signal K has to know of it beside the readings.
package struct SignalKBattery: Hashable, Sendable {
  /// The segment of every path, as in `electrical.batteries.house.voltage`.
  package let id: String
  /// A name for people, such as `House battery`; published as `name` where it is given.
  package let name: String?
  /// The pack's nominal voltage in volt; `nil` leaves out the capacities, which are in joule.
  ///
  /// One fixed voltage keeps the ratio of remaining and actual capacity equal to the state of
  /// charge, and the joules steady under load.
  package let nominalVoltage: Double?
  /// The first half of ``sourceReference``.
  package let sourceLabel: String
  /// Where the values of single cells go, if the battery tells any.
  package let cellPaths: SignalKCellPaths

  /// Names that the server keeps for itself: as a path's segment they are dropped or misread.
  private static let reservedIds: Set = [
    "constructor", "prototype", "value", "values", "meta", "timestamp", "source", "pgn", "sentence",
  ]

  /// Checks and takes over a battery's settings.
  ///
  /// - Parameters:
  ///   - id: ASCII letters and digits only, as the schema demands of a battery.
  ///   - name: For people; an empty one counts as none.
  ///   - nominalVoltage: In volt.
  ///   - sourceLabel: Who publishes, ASCII letters and digits only.
  ///   - cellPaths: Where the values of single cells go.
  /// - Throws: ``SignalKError`` for the first setting that cannot be used.
  package init(
    id: String, name: String? = nil, nominalVoltage: Double? = nil, sourceLabel: String = "busbar",
    cellPaths: SignalKCellPaths = .cells
  ) throws(SignalKError) {
    guard Self.isPlain(id), !Self.reservedIds.contains(id) else {
      throw .invalidBatteryId(id)
    }
    guard Self.isPlain(sourceLabel) else { throw .invalidSourceLabel(sourceLabel) }
    if let nominalVoltage, !(nominalVoltage.isFinite && nominalVoltage > 0) {
      throw .invalidNominalVoltage(nominalVoltage)
    }
    self.id = id
    self.name = name?.isEmpty == true ? nil : name
    self.nominalVoltage = nominalVoltage
    self.sourceLabel = sourceLabel
    self.cellPaths = cellPaths
  }

  /// The `$source` of every delta; the dot tells servers that it is not one of their plugins.
  package var sourceReference: String { "\(sourceLabel).\(id)" }

  /// How people are told of the battery: its name, or a name made of its id.
  package var title: String { name ?? "\(id.prefix(1).uppercased())\(id.dropFirst()) battery" }

  /// The branch that all paths but the notifications are below.
  var root: String { "electrical.batteries.\(id)" }

  func path(_ end: String) -> String { "\(root).\(end)" }

  func notificationPath(_ end: String) -> String { "notifications.\(root).\(end)" }

  private static func isPlain(_ text: String) -> Bool {
    !text.isEmpty && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
  }
}
