/// How an adapter or a server behaves: what it answers to what it is told.
package protocol AdapterModel: Sendable {
  /// What it says as soon as somebody connects.
  var greeting: [UInt8] { get }
  /// Takes bytes as they come; returns the answer.
  mutating func take(_ bytes: [UInt8]) -> [UInt8]
}

extension AdapterModel {
  package var greeting: [UInt8] { [] }
}
