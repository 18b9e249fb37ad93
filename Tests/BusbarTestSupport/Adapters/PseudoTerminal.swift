import Foundation
import Glibc

/// A serial port that is not there, with an adapter at its end.
///
/// The path is a link, as udev's are, so that the adapter can be unplugged and come back.
package final class PseudoTerminal<Model: AdapterModel>: Sendable {
  package let peer: AdapterPeer<Model>
  package let path: String
  private let folder: TemporaryFolder

  package init(_ model: Model) throws {
    peer = AdapterPeer(model)
    folder = try TemporaryFolder()
    path = folder.url.appending(path: "ttyTEST0").path()
    try plug()
  }

  /// Makes the terminal and has the adapter answer.
  package func plug() throws {
    // What posix_openpt(3), unlockpt(3) and ptsname(3) do, which Glibc's module does not have.
    let upper = unsafe open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    var (isLocked, number): (CInt, CInt) = (0, 0)
    guard upper >= 0, unsafe ioctl(upper, 0x4004_5431, &isLocked) == 0,
      unsafe ioctl(upper, 0x8004_5430, &number) == 0
    else { throw POSIXError(POSIXError.Code(rawValue: errno) ?? .EIO) }
    var settings = termios()
    _ = unsafe tcgetattr(upper, &settings)
    unsafe cfmakeraw(&settings)
    _ = unsafe tcsetattr(upper, TCSANOW, &settings)
    _ = unsafe symlink("/dev/pts/\(number)", path)
    let peer = peer
    Thread.detachNewThread { peer.serve(upper, isTerminal: true) }
  }

  /// Takes the adapter away: its port goes, and what is open ends.
  package func unplug() {
    _ = unsafe unlink(path)
    peer.hangUp()
  }

  deinit { unplug() }
}
