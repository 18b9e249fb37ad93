import CSocketCAN
import Glibc

extension CANSocket {
  /// How many frames one system call fetches at most.
  static let batchSize = 64

  /// Replaces `messages` by the frames that are there, at most ``batchSize``, without waiting.
  ///
  /// - Returns: How many messages were fetched; fewer than ``batchSize`` if none are left.
  /// - Throws: What the socket reports: `EAGAIN` if nothing is there, `ENETDOWN` or `ENODEV` once
  ///   when the interface went away. An error comes before frames that are still queued.
  func receive(into messages: inout [ReceivedMessage], bus: UInt8) throws(CallFailure) -> Int {
    messages.removeAll(keepingCapacity: true)
    let count = unsafe withUnsafeTemporaryAllocation(
      byteCount: Self.batchSize * Slot.size, alignment: 16
    ) { memory in
      unsafe Self.fetch(rawValue, into: memory) { bytes, control in
        if let message = ReceivedMessage(bytes: bytes, control: control, bus: bus) {
          messages.append(message)
        }
      }
    }
    guard count >= 0 else { throw .ofLast("recvmmsg") }
    return count
  }

  /// Where one message goes: the frame, then what the kernel tells of it.
  private enum Slot {
    static let control = MemoryLayout<can_frame>.size
    static let size = control + ControlMessages.capacity
  }

  /// Calls `recvmmsg` on `memory`, a row of slots, and hands over each message that it filled.
  private static func fetch(
    _ socket: CInt, into memory: UnsafeMutableRawBufferPointer,
    message: (_ bytes: RawSpan, _ control: RawSpan) -> Void
  ) -> Int {
    unsafe withUnsafeTemporaryAllocation(of: iovec.self, capacity: batchSize) { vectors in
      unsafe withUnsafeTemporaryAllocation(of: mmsghdr.self, capacity: batchSize) { headers in
        for index in 0..<batchSize {
          let slot = unsafe memory.baseAddress.map { unsafe $0 + index * Slot.size }
          unsafe vectors.initializeElement(
            at: index, to: iovec(iov_base: slot, iov_len: Slot.control))
          var header = unsafe mmsghdr()
          unsafe header.msg_hdr.msg_iov = vectors.baseAddress.map { unsafe $0 + index }
          unsafe header.msg_hdr.msg_iovlen = 1
          unsafe header.msg_hdr.msg_control = slot.map { unsafe $0 + Slot.control }
          unsafe header.msg_hdr.msg_controllen = ControlMessages.capacity
          unsafe headers.initializeElement(at: index, to: header)
        }
        let count = unsafe recvmmsg(
          socket, headers.baseAddress, CUnsignedInt(batchSize), CInt(MSG_DONTWAIT), nil)
        let filled = unsafe memory.bytes
        for index in 0..<max(0, Int(count)) {
          let start = index * Slot.size
          let length = min(Int(unsafe headers[index].msg_len), Slot.control)
          let controlLength = min(
            Int(unsafe headers[index].msg_hdr.msg_controllen), ControlMessages.capacity)
          let control = start + Slot.control
          message(
            filled.extracting(start..<start + length),
            filled.extracting(control..<control + controlLength))
        }
        return Int(count)
      }
    }
  }
}
