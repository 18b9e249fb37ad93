// Signals whose presence another signal decides: the marks after a name, and `SG_MUL_VAL_`.
extension DBCParser {
  /// Reads `M`, `m12` or `m12M` after a signal's name.
  mutating func multiplexing() throws(DBCError) -> (isMultiplexor: Bool, value: UInt64?) {
    guard token.kind == .word else { return (false, nil) }
    var text = Substring(token.text)
    let isMultiplexor = text.last == "M"
    if isMultiplexor { text.removeLast() }
    if text.isEmpty {
      try advance()
      return (true, nil)
    }
    guard text.first == "m", let value = UInt64(text.dropFirst()) else {
      throw unexpected("':' or a multiplexing mark such as M or m1")
    }
    try advance()
    return (isMultiplexor, value)
  }

  /// Names the multiplexor in every signal that depends on one.
  static func connectToMultiplexor(_ message: inout DBCMessage) {
    guard let multiplexor = message.signals.first(where: { $0.isMultiplexor && $0.selector == nil })
    else { return }
    for index in message.signals.indices where message.signals[index].selector != nil {
      message.signals[index].selector?.signal = multiplexor.name
    }
  }

  /// Reads `SG_MUL_VAL_ 854 Current Mode 1-3, 5-5;`, extended multiplexing.
  mutating func selectorValues(at location: SourceLocation) throws(DBCError) {
    let target = try signalReference("SG_MUL_VAL_", at: location)
    let multiplexor = try name("the name of the multiplexor")
    var values: [ClosedRange<UInt64>] = []
    repeat {
      let lower = try unsigned("a multiplexor value")
      try mark("-")
      guard token.kind == .number, let upper = UInt64(token.text), lower <= upper else {
        throw unexpected("a multiplexor value of at least \(lower)")
      }
      try advance()
      values.append(lower...upper)
    } while try optionalMark(",")
    try endOfStatement()
    guard let (message, signal) = target else { return }
    guard signalIndex[message][multiplexor] != nil else {
      throw .unknownMultiplexor(
        multiplexor, signal: file.messages[message].signals[signal].name,
        message: file.messages[message].name, at: location)
    }
    file.messages[message].signals[signal].selector =
      DBCSignal.Selector(signal: multiplexor, values: values)
  }
}
