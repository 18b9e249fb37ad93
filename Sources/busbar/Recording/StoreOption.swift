import ArgumentParser
import BusbarApp
import FrameStore

/// `--store`, as every command that works on a recording has it.
struct StoreOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The recording.",
      discussion: "Without it, recording.busbar in $STATE_DIRECTORY, or in busbar/ in "
        + "$XDG_DATA_HOME or ~/.local/share.", valueName: "file"),
    completion: .file())
  var store: String?

  /// Where the recording is.
  var path: String { store ?? StoreLocation.standard() }

  /// Opens the recording, or makes it.
  ///
  /// - Throws: ``CommandFailure`` with the status that fits.
  func open(_ access: FrameStore.Access) throws -> FrameStore {
    if access == .writing { StoreLocation.makeFolder(for: path) }
    return try FrameStore(path: path, access: access)
  }
}
