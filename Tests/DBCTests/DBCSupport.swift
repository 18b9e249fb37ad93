import DBC

extension DBCFile {
  /// Parses text as the file `house.dbc`.
  init(_ text: String) throws(DBCError) {
    try self.init(parsing: Array(text.utf8), name: "house.dbc")
  }

  /// Parses text, and gives the error's message, or `nil` if there is none.
  static func refusal(of text: String) -> String? {
    do throws(DBCError) {
      _ = try DBCFile(text)
      return nil
    } catch {
      return "\(error)"
    }
  }
}

extension SignalPlan {
  /// The plan of a signal alone in a message, such as `16|16@1- (0.1,0)`, with more statements
  /// about it; it is signal `S` of message 1.
  static func parsing(_ layout: String, _ statements: String = "") throws -> SignalPlan {
    let file = try DBCFile("BO_ 1 M: 8 X\n SG_ S : \(layout) [0|0] \"\" X\n\(statements)")
    guard let plan = DecodePlan(file).signals.first else { throw NotPlanned() }
    return plan
  }

  /// Why a plan has no signal: the test's own text asks for one that cannot be decoded.
  struct NotPlanned: Error {}
}
