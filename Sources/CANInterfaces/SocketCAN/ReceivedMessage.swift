import CANFrames

/// A frame as a socket delivered it, with the socket's count of losses.
struct ReceivedMessage: Hashable, Sendable {
  var frame: CANFrame
  /// How many frames the socket had lost in all when this one was queued, if it said so.
  var lossCount: UInt32?

  /// Creates a message from what the kernel filled in, or `nil` if it is no classic CAN frame.
  init?(bytes: RawSpan, control: RawSpan, bus: UInt8) {
    let control = ControlMessages(control)
    guard
      let frame = CANFrame(
        kernelBytes: bytes, timestamp: control.timestamp ?? CANFrame.noTime, bus: bus)
    else { return nil }
    self.frame = frame
    self.lossCount = control.lossCount
  }
}
