import Foundation
import Glibc

/// What this process holds of the machine now, as the kernel counts it.
struct ProcessFigures: CustomStringConvertible {
  /// Memory that is really there, in bytes.
  var residentBytes: Int
  /// Open descriptors.
  var descriptors: Int

  /// The figures of this moment.
  static var now: Self {
    let pages =
      (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?
      .split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    let descriptors = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
    return Self(
      residentBytes: pages * Int(sysconf(CInt(_SC_PAGESIZE))), descriptors: descriptors.count)
  }

  var description: String { "\(residentBytes / 1024) KiB, \(descriptors) descriptors" }
}
