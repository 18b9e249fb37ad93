/// Hands one of libFuzzer's inputs to a function.
///
/// What a target must not do with any input: trap, hang, or use memory without bound.
///
/// - Parameters:
///   - bytes: The input, as libFuzzer passes it.
///   - count: How many bytes.
///   - body: What is fuzzed.
/// - Returns: 0, which tells libFuzzer to keep inputs that reach something new.
public func fuzz(
  _ bytes: UnsafePointer<UInt8>?, _ count: Int, _ body: (Span<UInt8>) -> Void
) -> CInt {
  body(UnsafeBufferPointer(start: bytes, count: count).span)
  return 0
}

/// As ``fuzz(_:_:_:)``, for parsers that take an array.
public func fuzzArray(
  _ bytes: UnsafePointer<UInt8>?, _ count: Int, _ body: ([UInt8]) -> Void
) -> CInt {
  body(Array(UnsafeBufferPointer(start: bytes, count: count)))
  return 0
}
