public import CANFrames

extension DecodePlan {
  /// Builds a frame of a message: the other direction of decoding.
  ///
  /// - Parameters:
  ///   - message: The message's index.
  ///   - length: How many bytes the frame has; signals beyond them are left out.
  ///   - timestamp: The frame's time.
  ///   - bits: The raw bits of each signal, by its slot; `nil` leaves its bits 0.
  /// - Returns: The frame.
  /// - Precondition: `length` is `0...8`.
  public func encode(
    _ message: Int, length: UInt8, timestamp: Int64 = CANFrame.noTime, bits: (Int) -> UInt64?
  ) -> CANFrame {
    var payload: UInt64 = 0
    for slot in messages[message].signals where signals[slot].field.byteCount <= length {
      if let value = bits(slot) { payload = signals[slot].field.inserting(value, into: payload) }
    }
    return CANFrame(
      timestamp: timestamp, identifier: messages[message].identifier, payload: payload,
      length: length)
  }
}
