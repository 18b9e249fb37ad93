import CANFrames

/// What a format can hold, as its own specification has it; a new format needs a line here.
struct FormatTraits: Sendable {
  enum BusNaming: Sendable {
    case names
    /// `can0` is number 0; other names are lost.
    case numbers
    case none
  }

  var isText = true
  var hasRemoteFrames = true
  var hasErrorFrames = true
  var hasErrorDetails = true
  var hasDrops = false
  /// Whether lost frames are told with their bus.
  var hasBusesOfDrops = true
  var hasOtherEvents = false
  var busNaming = BusNaming.names
  /// Nanoseconds of the last digit of a time.
  var resolution: Int64 = 1
  /// Whether a time may lie before that of the file's beginning.
  var hasTimesBeforeStart = true
  /// Whether a frame without a time is one in the log.
  var hasMissingTimes = false
  var hasIdentifierFormats = true
  /// Whether it tells which frames were sent.
  var hasDirections = true
  /// Whether each frame says how many bytes it has, so that a cut line is none.
  var declaresLength = true

  /// Every format: the suite runs over these.
  static let formats = LogFormat.allCases

  /// The format that a log of `format` is found to be, which may be one of its versions.
  static func found(_ format: LogFormat) -> LogFormat {
    [.trc11, .trc13, .trc20].contains(format) ? .trc : format
  }

  static func of(_ format: LogFormat) -> FormatTraits {
    switch format {
    case .candump: FormatTraits(hasDrops: true, resolution: 1000, declaresLength: false)
    case .candumpText:
      FormatTraits(hasDrops: true, resolution: 1000, hasMissingTimes: true, hasDirections: false)
    case .trc11:
      FormatTraits(
        hasErrorDetails: false, busNaming: .none, resolution: 100_000, hasTimesBeforeStart: false)
    case .trc20:
      FormatTraits(
        hasErrorDetails: false, busNaming: .none, resolution: 1000, hasTimesBeforeStart: false)
    case .asc, .trc, .trc13:
      FormatTraits(
        hasErrorDetails: false, busNaming: .numbers, resolution: 1000, hasTimesBeforeStart: false)
    case .gvret:
      FormatTraits(
        hasRemoteFrames: false, hasErrorFrames: false, busNaming: .numbers, resolution: 1000)
    case .pythonCAN: FormatTraits(busNaming: .none, hasDirections: false)
    case .cabana:
      FormatTraits(
        hasRemoteFrames: false, hasErrorFrames: false, busNaming: .numbers,
        hasIdentifierFormats: false, declaresLength: false)
    case .pcap: FormatTraits(isText: false, busNaming: .none, hasDirections: false)
    case .pcapng: FormatTraits(isText: false, hasDrops: true)
    case .blf:
      FormatTraits(
        isText: false, hasDrops: true, hasBusesOfDrops: false, busNaming: .numbers,
        hasTimesBeforeStart: false)
    }
  }
}
