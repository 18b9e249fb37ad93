import Logging
import Publishers

/// Every setting as it is understood, with where it comes from: what `busbar config show` prints.
package struct ConfigurationListing: Sendable {
  /// One setting of one place of the file.
  struct Line: Sendable {
    var setting: Setting
    /// What holds; `nil` if nothing was said and nothing holds by itself.
    var text: String?
    /// Where it was written; `nil` if it is the default.
    var origin: SettingOrigin?
  }

  typealias Values = [Setting: SettingValue]

  private(set) var top: [Line] = []
  private(set) var batteries: [[Line]] = []
  private(set) var destinations: [[Line]] = []
  /// `nil` if nothing is recorded.
  private(set) var recorder: [Line]?

  /// A listing of nothing.
  init() {}

  /// - Parameters:
  ///   - settings: What was made of everything, with paths as they are used.
  ///   - top: What was written for the whole.
  ///   - batteries: What was written for each battery, as many as the settings have.
  ///   - destinations: The same for each destination.
  ///   - recorder: What was written for the recording.
  init(
    _ settings: GatewaySettings, top: Values, batteries: [Values], destinations: [Values],
    recorder: Values
  ) {
    self.top = Self.lines(in: .top, top) { Self.text($0, settings) }
    self.batteries = zip(settings.batteries, batteries).map { battery, values in
      Self.lines(in: .battery, values) { Self.text($0, battery) }
    }
    self.destinations = zip(settings.destinations, destinations).map { destination, values in
      Self.lines(in: .signalK, values) { Self.text($0, destination) }
    }
    self.recorder = settings.recorder.map { settings in
      Self.lines(in: .recorder, recorder) { Self.text($0, settings) }
    }
  }

  /// What holds for settings where nothing was written and the settings themselves say it less well.
  private static let standards: [Setting: String] = [
    .replaySpeed: "1", .recorderCommitSeconds: "10",
  ]

  /// The lines of one place of the file; `text` says what holds for a setting, or `nil` where what was
  /// written says it.
  private static func lines(
    in section: Setting.Section, _ values: Values, _ text: (Setting) -> String?
  ) -> [Line] {
    Setting.all(in: section).map { setting in
      Line(
        setting: setting, text: text(setting) ?? values[setting]?.text ?? standards[setting],
        origin: values[setting]?.origin)
    }
  }

  private static func text(_ setting: Setting, _ settings: GatewaySettings) -> String? {
    switch setting {
    case .logLevel: settings.logLevel.rawValue
    case .stateFolder: settings.stateFolder
    case .statusSocket: settings.statusSocket ?? "off"
    default: nil
    }
  }

  private static func text(_ setting: Setting, _ battery: BatterySettings) -> String? {
    switch setting {
    case .batteryId: battery.id
    case .batteryName: battery.signalK.title
    case .source: battery.source
    case .dialect: battery.dialect
    case .cellPaths: battery.signalK.cellPaths.rawValue
    case .replayLoop: "\(battery.isLooping)"
    default: nil
    }
  }

  private static func text(_ setting: Setting, _ destination: DestinationSettings) -> String? {
    switch setting {
    case .destination: destination.text
    // The file's name only: what stands in it is nobody's business.
    case .tokenFile: destination.tokenFile?.path
    default: nil
    }
  }

  private static func text(_ setting: Setting, _ recorder: RecorderSettings) -> String? {
    switch setting {
    case .recorderStore: recorder.path
    default: nil
    }
  }
}
