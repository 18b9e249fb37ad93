/// What proves to a Signal K server that we may write; never part of any output.
package struct AccessToken: Hashable, Sendable {
  /// The value of the `Authorization` header.
  let authorization: String

  /// - Parameter text: The token as the server issued it, without a line's end.
  init(_ text: String) { authorization = "Bearer \(text)" }
}

extension AccessToken: CustomStringConvertible, CustomDebugStringConvertible {
  package var description: String { "•••" }
  package var debugDescription: String { description }
}

extension AccessToken: CustomReflectable {
  /// Nothing: `dump` must not print the secret either.
  package var customMirror: Mirror { Mirror(self, children: [:]) }
}
