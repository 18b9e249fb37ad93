import BusbarApp

/// Why a command ended early: the line that says so, and the exit status.
struct CommandFailure: Error {
  var message: String
  var status: ExitStatus

  init(_ error: some Error & CustomStringConvertible, _ status: ExitStatus) {
    self.message = error.description
    self.status = status
  }

  init(_ message: String, _ status: ExitStatus) {
    self.message = message
    self.status = status
  }
}
