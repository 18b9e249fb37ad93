import Glibc

/// Lines for people on standard error, apart from the data on standard output.
package protocol Notices: Sendable {
  func tell(_ line: String)
}

/// Notices on the real standard error, one `write` each so that lines stay whole.
package struct StandardErrorNotices: Notices {
  package init() {}

  package func tell(_ line: String) {
    var text = Array((line + "\n").utf8)
    unsafe text.withUnsafeMutableBytes { bytes in
      _ = unsafe write(STDERR_FILENO, bytes.baseAddress, bytes.count)
    }
  }
}
