/// What the program tells its caller at the end.
package enum ExitStatus: Int32, Sendable {
  case done = 0
  /// The data or the battery failed the check that was asked for.
  case checkFailed = 1
  /// The command or the configuration is wrong.
  case wrongCommand = 2
  /// The outside failed: bus, disk, server.
  case outsideFailed = 3
}
