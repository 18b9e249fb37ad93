package import Foundation

/// Prints deltas, one on each line, for a pipe or a look.
package struct StandardOutputSink: DeltaSink {
  private let file: FileHandle

  /// Writes to standard output, unless another file is given.
  package init(file: FileHandle = .standardOutput) { self.file = file }

  package func send(_ delta: String) throws(SignalKError) {
    do {
      try file.write(contentsOf: Data((delta + "\n").utf8))
    } catch {
      throw .connectionLost(server: "standard output", reason: "nobody reads it any more")
    }
  }
}
