package import CANFrames
import CSocketCAN

extension CANFrame {
  /// Creates a frame from the kernel's form of it (`can_frame`), or `nil` for any other length.
  ///
  ///     bytes 0-3   identifier, and the flags EFF (extended), RTR (remote), ERR (error)
  ///     byte  4     length
  ///     bytes 8-15  payload
  package init?(kernelBytes bytes: RawSpan, timestamp: Int64, bus: UInt8) {
    guard bytes.byteCount == MemoryLayout<can_frame>.size else { return nil }
    let word = bytes.integer(at: 0, as: UInt32.self)
    let isError = word & CAN_ERR_FLAG != 0
    let isRemote = !isError && word & CAN_RTR_FLAG != 0
    // The classes of an error frame are kept as an extended identifier, whatever its EFF flag.
    let isExtended = isError || word & CAN_EFF_FLAG != 0
    guard
      let identifier = CANIdentifier(
        exactly: word & (isExtended ? CAN_EFF_MASK : CAN_SFF_MASK),
        format: isExtended ? .extended : .standard)
    else { return nil }
    self.init(
      timestamp: timestamp, identifier: identifier,
      kind: isError ? .error : isRemote ? .remote : .data,
      payload: UInt64(littleEndian: bytes.integer(at: 8, as: UInt64.self)),
      length: min(8, bytes.integer(at: 4, as: UInt8.self)), bus: bus)
  }
}
