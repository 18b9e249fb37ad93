import Glibc

/// The files and interfaces of the machine that this runs on.
package struct ThisMachine: SourceSurroundings {
  package init() {}

  package func kind(ofPath path: String) -> PathKind? {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return nil }
    return status.st_mode & S_IFMT == S_IFDIR ? .directory : .file
  }

  package func interfaces() -> [NetworkInterface] { NetworkInterface.all() }

  package var hasCAN: Bool { CANSocket.isKnownToKernel }
}
