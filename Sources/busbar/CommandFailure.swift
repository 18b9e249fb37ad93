import BusbarApp
import CANInterfaces
import FrameStore
import Publishers
import Simulation

/// Why a command ended early: what people are told, and the exit status.
struct CommandFailure: Error {
  /// One line for each thing that is wrong.
  var lines: [String]
  var status: ExitStatus

  init(_ error: some Error & CustomStringConvertible, _ status: ExitStatus) {
    self.init(error.description, status)
  }

  init(_ line: String, _ status: ExitStatus) {
    self.init(lines: [line], status)
  }

  init(lines: [String], _ status: ExitStatus) {
    self.lines = lines
    self.status = status
  }
}

extension CommandFailure {
  /// What an error that a command did not deal with says; `nil` if it is none of ours.
  init?(_ error: any Error) {
    switch error {
    case let failure as CommandFailure: self = failure
    case let refusal as ConfigurationRefusal: self.init(lines: refusal.lines, refusal.status)
    case let error as ConvertError: self.init(error, error.status)
    case let error as SourceError: self.init(error, Self.status(isUsage: error.isUsage))
    case let error as StoreError: self.init(error, Self.status(isUsage: error.isUsage))
    case let error as SignalKError: self.init(error, Self.status(isUsage: error.isSetting))
    case let error as DialectChoiceError: self.init(error, .wrongCommand)
    case let error as ProfileError: self.init(error, .wrongCommand)
    case let error as SimulationSetupError: self.init(error, .wrongCommand)
    case let error as SeveralBusesError: self.init(error, .wrongCommand)
    case let error as SummaryError: self.init(error, .checkFailed)
    case let error as CallFailure: self.init(error, .outsideFailed)
    case let error as OutputError: self.init(error, .outsideFailed)
    case let error as StatusError: self.init(error, .outsideFailed)
    default: return nil
    }
  }

  /// Whether an error says that who reads the output has seen enough, which is no failure.
  static func isReaderGone(_ error: any Error) -> Bool {
    error as? OutputError == .closed || error as? ConvertError == .closed
  }

  private static func status(isUsage: Bool) -> ExitStatus {
    isUsage ? .wrongCommand : .outsideFailed
  }
}
