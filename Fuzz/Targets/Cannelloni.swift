import FuzzSupport

@testable import CANInterfaces

/// Datagrams of the cannelloni protocol.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  fuzz(bytes, count) { bytes in
    guard case .data(let datagram) = CannelloniDatagram.read(bytes) else { return }
    precondition(datagram.frames.count + datagram.flexibleCount <= bytes.count / 5)
  }
}
