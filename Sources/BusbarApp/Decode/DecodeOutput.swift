package import BMSDialects
package import CANFrames
package import DBC

/// A frame and what it means, ready to be written.
package struct DecodedFrame {
  package var frame: CANFrame
  /// The name of its bus, or `nil` if its source does not say.
  package var bus: String?
  /// The dialect's message, or `nil` if it describes none for this frame.
  package var message: MessagePlan?
  package var fields: [DecodedField]
}

/// One way of writing decoded frames.
///
/// An output is fed frame by frame and appends text; the caller writes the text away.
package protocol DecodeOutput {
  /// Whether the output has to know which messages there are before it begins.
  var needsLookAhead: Bool { get }

  /// Whether ``begin(_:expecting:to:)`` may be called again when the battery begins to speak
  /// another dialect.
  var canBeginAgain: Bool { get }

  /// Called before the first frame, and before the first of another dialect.
  ///
  /// - Parameters:
  ///   - dialect: What frames are decoded with, or `nil` if no dialect fits.
  ///   - identifiers: What has been seen on the bus so far.
  ///   - text: What the output is appended to.
  mutating func begin(
    _ dialect: Dialect?, expecting identifiers: [CANIdentifier], to text: inout [UInt8])

  /// Called for each frame, in order.
  mutating func write(_ decoded: DecodedFrame, to text: inout [UInt8])

  /// Called once, after the last frame.
  mutating func end(to text: inout [UInt8])
}
