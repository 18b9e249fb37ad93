import GRDB

/// A row of the table `event`.
struct EventRow: Hashable, Sendable {
  var position: Int64
  /// As it was stamped, before any correction.
  var event: StoreEvent

  /// The events at positions of a range, in order.
  static func fetch(_ range: Range<Int64>, _ database: Database) throws -> [EventRow] {
    try Row.fetchAll(
      database,
      sql: """
        SELECT position, time, bus, kind, value, detail FROM event
        WHERE position >= ? AND position < ? ORDER BY position
        """, arguments: [range.lowerBound, range.upperBound]
    ).map { row in
      EventRow(
        position: try row.decode(Int64.self, forColumn: "position"),
        event: StoreEvent(
          kind: try row.decode(String.self, forColumn: "kind"),
          value: try row.decode(Int64?.self, forColumn: "value"),
          detail: try row.decode(String?.self, forColumn: "detail"),
          time: try row.decode(Int64.self, forColumn: "time"),
          bus: try row.decode(String?.self, forColumn: "bus")))
    }
  }

  func insert(_ database: Database) throws {
    let (kind, value, detail) = event.columns
    try database.execute(
      sql: "INSERT INTO event(position, time, bus, kind, value, detail) VALUES(?,?,?,?,?,?)",
      arguments: [position, event.time, event.bus, kind, value, detail])
  }

  /// The row as it goes into the chain: its columns, tabs between them, a line feed at the end.
  var chained: String {
    let (kind, value, detail) = event.columns
    let number = value.map { "\($0)" } ?? ""
    return "\(position)\t\(event.time)\t\(event.bus ?? "")\t\(kind)\t\(number)\t\(detail ?? "")\n"
  }
}
