import FuzzSupport

@testable import Publishers

/// Answers by mDNS, two datagrams of them: what they say, what is asked next, which servers there are.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  fuzzArray(bytes, count) { bytes in
    guard let last = bytes.last else { return }
    let cut = bytes.count * Int(last) / 256
    var census = ServiceCensus()
    census.take(bytes)
    census.take(Array(bytes[cut...]))
    precondition(census.query.count <= 9000, "a datagram")
    precondition(census.servers.count <= 16)
    for server in census.servers { precondition((1...65_535).contains(server.port)) }
  }
}
