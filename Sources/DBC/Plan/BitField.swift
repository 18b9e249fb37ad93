/// Where a signal's bits lie in a payload, worked out once when a DBC file is loaded.
///
/// Reading a signal is then one shift left and one shift right, whatever its byte order:
///
///     payload (or its byte swap)   ........VVVVVVVVVVVV........
///     << leading                   VVVVVVVVVVVV................
///     >> trailing, sign-extending  ssssssssssssssssVVVVVVVVVVVV
public struct BitField: Hashable, Sendable {
  public enum ByteOrder: Hashable, Sendable {
    /// Intel: the start bit is the least significant bit.
    case littleEndian
    /// Motorola: the start bit is the most significant bit, in DBC's sawtooth numbering.
    case bigEndian
  }

  /// How many payload bytes the field reaches into; a shorter frame does not contain it.
  public let byteCount: UInt8
  /// Whether the payload's bytes are to be swapped first: the field is big-endian.
  public let isSwapped: Bool
  public let isSigned: Bool
  /// Width in bits.
  public var width: Int { 64 - Int(trailing) }
  let leading: UInt8
  let trailing: UInt8

  /// Creates a field, or `nil` if it does not lie within eight bytes.
  ///
  /// - Parameters:
  ///   - startBit: DBC start bit, `8 * byte + bit`, `0...63`.
  ///   - length: Width in bits, `1...64`.
  ///   - byteOrder: Which end of the field `startBit` names.
  ///   - isSigned: Whether the field is in two's complement.
  public init?(startBit: Int, length: Int, byteOrder: ByteOrder, isSigned: Bool) {
    guard (0...63).contains(startBit), (1...64).contains(length) else { return nil }
    let shift =
      switch byteOrder {
      case .littleEndian: startBit
      case .bigEndian: 56 - (startBit & ~7) + (startBit & 7) - (length - 1)
      }
    guard shift >= 0, shift + length <= 64 else { return nil }
    self.isSwapped = byteOrder == .bigEndian
    self.byteCount = UInt8(isSwapped ? 8 - shift / 8 : (shift + length + 7) / 8)
    self.isSigned = isSigned
    self.leading = UInt8(64 - length - shift)
    self.trailing = UInt8(64 - length)
  }

  /// The bits as they stand, right-aligned and not sign-extended.
  public func bits(in payload: UInt64) -> UInt64 {
    ((isSwapped ? payload.byteSwapped : payload) &<< UInt64(leading)) &>> UInt64(trailing)
  }

  /// The raw value as a whole number.
  ///
  /// An unsigned field of 64 bits is exact up to `Int64.max`; above that the result is negative.
  public func integer(in payload: UInt64) -> Int64 {
    integer(in: payload, swapped: payload.byteSwapped)
  }

  /// The raw value as a whole number, of a payload whose byte swap is known already.
  @inline(__always)
  public func integer(in payload: UInt64, swapped: UInt64) -> Int64 {
    let word = (isSwapped ? swapped : payload) &<< UInt64(leading)
    return isSigned
      ? Int64(bitPattern: word) &>> Int64(trailing)
      : Int64(bitPattern: word &>> UInt64(trailing))
  }

  /// The raw value, before scale and offset; exact up to 53 bits, as `Double` is.
  public func value(in payload: UInt64) -> Double {
    let word = (isSwapped ? payload.byteSwapped : payload) &<< UInt64(leading)
    return isSigned
      ? Double(Int64(bitPattern: word) &>> Int64(trailing)) : Double(word &>> UInt64(trailing))
  }

  /// `payload` with the field's bits replaced by the low bits of `bits`.
  public func inserting(_ bits: UInt64, into payload: UInt64) -> UInt64 {
    let mask = (UInt64.max &<< UInt64(trailing)) &>> UInt64(leading)
    let word = (bits &<< UInt64(trailing)) &>> UInt64(leading)
    let ordered = isSwapped ? payload.byteSwapped : payload
    let result = (ordered & ~mask) | word
    return isSwapped ? result.byteSwapped : result
  }

  /// The field's bits for a raw value, rounded to the nearest whole number, or `nil` if it is out
  /// of the field's range.
  func bits(rounding value: Double) -> UInt64? {
    // Below 2^64 the whole part is exact, and so is the rest.
    guard value.magnitude < 0x1p64 else { return nil }
    let whole = UInt64(value.magnitude)
    let rest = value.magnitude - Double(whole)
    let (magnitude, overflows) = whole.addingReportingOverflow(rest >= 0.5 ? 1 : 0)
    let isNegative = value < 0 && magnitude > 0
    let all = UInt64.max &>> UInt64(trailing)
    let largest = isSigned ? all &>> 1 : all
    let limit = isNegative ? (isSigned ? largest + 1 : 0) : largest
    guard !overflows, magnitude <= limit else { return nil }
    return isNegative ? (0 &- magnitude) & all : magnitude
  }
}
