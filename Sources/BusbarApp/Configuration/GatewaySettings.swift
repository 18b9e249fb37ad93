package import CANFrames
package import CANInterfaces
package import Logging
package import Publishers

/// Everything that `busbar run` has to know, checked.
package struct GatewaySettings: Sendable {
  package var batteries: [BatterySettings] = []
  package var destinations: [DestinationSettings] = []
  /// `nil` to record nothing.
  package var recorder: RecorderSettings?
  package var logLevel = Logger.Level.info
  /// Where what was found out outlives a restart; `nil` if there is no such place.
  package var stateFolder: String?
  /// Whether somebody chose the state folder, so that trouble with it is a mistake.
  package var isStateFolderChosen = false
  /// The path of the status socket; `nil` for none.
  package var statusSocket: String?
  /// Whether a source that is not there yet is waited for, also at the start.
  ///
  /// It is with a configuration file, since a machine that boots may be slow; whoever types a
  /// command is told at once.
  package var waitsForSources = false

  package init() {}
}

/// Where and how everything is recorded.
package struct RecorderSettings: Hashable, Sendable {
  package var path: String
  package var keep: Age?
  package var maxSize: FileSize?
  package var commitSeconds = 10.0

  package init(path: String) { self.path = path }
}

/// One battery and where it is heard.
package struct BatterySettings: Sendable {
  package var signalK: SignalKBattery
  /// As the user wrote it, such as `can0`.
  package var source: String
  /// As the user wrote it, or `auto`.
  package var dialect: String
  package var choice: DialectChoice
  package var speed: ReplaySpeed
  package var isLooping: Bool
  /// The format of a log; `nil` if it is to be found out.
  package var inputFormat: LogFormat?
  /// The zone of dates in a log that name none.
  package var secondsEastOfUTC = 0

  package var id: String { signalK.id }
}

extension BatterySettings: Equatable {
  package static func == (left: Self, right: Self) -> Bool {
    left.signalK == right.signalK && left.source == right.source && left.dialect == right.dialect
      && left.choice.isSame(as: right.choice) && left.speed == right.speed
      && left.isLooping == right.isLooping && left.inputFormat == right.inputFormat
      && left.secondsEastOfUTC == right.secondsEastOfUTC
  }
}

/// One place that batteries are published to.
package struct DestinationSettings: Hashable, Sendable {
  /// As the user wrote it; secrets have no place in it.
  package var text: String
  package var destination: SignalKDestination
  package var tokenFile: TokenFile?
  /// Which certificate an encrypted server may have.
  package var certificate = Certificate.trustedBySystem

  /// What makes a certificate good enough.
  package enum Certificate: Hashable, Sendable {
    case trustedBySystem
    case pinned(CertificateFingerprint)
    /// The first one that is shown, from then on.
    case first
  }

  /// How the server comes to let us write: by the token, or by asking, where the answer can be
  /// kept.
  func access(_ folder: StateFolder?) -> SignalKAccess {
    if let tokenFile { return .tokenFile(tokenFile) }
    return folder.map { .request(SignalKStateFile(folder: $0.path)) } ?? .open
  }

  func trust(_ folder: StateFolder?) -> SignalKTrust {
    switch certificate {
    case .trustedBySystem: .system
    case .pinned(let fingerprint): .pinned(fingerprint)
    case .first: folder.map { .firstUse(SignalKStateFile(folder: $0.path)) } ?? .system
    }
  }
}
