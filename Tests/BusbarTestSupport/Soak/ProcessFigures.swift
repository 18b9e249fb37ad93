import CMalloc
import Foundation
import Glibc

/// What this process holds of the machine now, as the kernel and the C library count it.
package struct ProcessFigures: Codable, Sendable, CustomStringConvertible {
  /// Memory that is really there, in bytes, after what is free was given back.
  package var residentBytes: Int
  /// What was allocated and not freed, in bytes: what grows if something leaks.
  package var heapBytes: Int
  /// Open descriptors.
  package var descriptors: Int

  /// The figures of this moment.
  package static var now: Self {
    // Free memory between what is in use is kept by the C library, as much as it likes.
    malloc_trim(0)
    let heap = mallinfo2()
    let pages =
      (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?
      .split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    let descriptors = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
    return Self(
      residentBytes: pages * Int(sysconf(CInt(_SC_PAGESIZE))),
      heapBytes: Int(heap.uordblks + heap.hblkhd), descriptors: descriptors.count)
  }

  package var description: String {
    "\(residentBytes / 1024) KiB (\(heapBytes / 1024) KiB in use), \(descriptors) descriptors"
  }
}
