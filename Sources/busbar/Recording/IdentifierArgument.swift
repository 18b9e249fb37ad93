import ArgumentParser
import CANFrames

/// An identifier as `--id` takes it, `356` or `18FF50E5`: the number of digits says which format
/// it is.
struct IdentifierArgument: ExpressibleByArgument, Hashable {
  var identifier: CANIdentifier

  init?(argument: String) {
    let digits = argument.hasPrefix("0x") ? argument.dropFirst(2) : argument[...]
    guard (1...3).contains(digits.count) || digits.count == 8,
      let number = UInt32(digits, radix: 16),
      let identifier = CANIdentifier(
        exactly: number, format: digits.count == 8 ? .extended : .standard)
    else { return nil }
    self.identifier = identifier
  }
}
