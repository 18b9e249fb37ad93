import Glibc

/// The speeds of a serial line that Linux has a name for, in bit/s.
///
/// An adapter that is USB all the way takes any of them.
package struct SerialSpeed: Hashable, Sendable {
  package let bitsPerSecond: Int
  /// The kernel's number for it.
  let code: speed_t

  package static let assumed = Self(bitsPerSecond: 115_200, code: speed_t(B115200))
  /// What GVRET adapters have.
  package static let assumedForGVRET = Self(bitsPerSecond: 1_000_000, code: speed_t(B1000000))

  package static let all: [Self] = [
    Self(bitsPerSecond: 2400, code: speed_t(B2400)),
    Self(bitsPerSecond: 9600, code: speed_t(B9600)),
    Self(bitsPerSecond: 19_200, code: speed_t(B19200)),
    Self(bitsPerSecond: 38_400, code: speed_t(B38400)),
    Self(bitsPerSecond: 57_600, code: speed_t(B57600)),
    .assumed,
    Self(bitsPerSecond: 230_400, code: speed_t(B230400)),
    Self(bitsPerSecond: 460_800, code: speed_t(B460800)),
    Self(bitsPerSecond: 500_000, code: speed_t(B500000)),
    Self(bitsPerSecond: 921_600, code: speed_t(B921600)),
    .assumedForGVRET,
    Self(bitsPerSecond: 2_000_000, code: speed_t(B2000000)),
    Self(bitsPerSecond: 3_000_000, code: speed_t(B3000000)),
  ]
}
