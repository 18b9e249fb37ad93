/// What a log format could not hold of the frames and events that were written to it, counted.
public struct LogOmissions: Hashable, Sendable {
  /// Something that a format may have no place for.
  public enum Subject: String, CaseIterable, Hashable, Sendable {
    /// Events, such as lost frames or an interface that went down.
    case events
    case errorFrames = "error frames"
    /// What an error frame tells beyond that there was one.
    case errorDetails = "details of error frames"
    case remoteFrames = "remote frames"
    /// The length that a remote frame asks for.
    case remoteLengths = "lengths of remote frames"
    /// Digits of a time that the format has no place for.
    case timePrecision = "times with a finer resolution"
    /// Frames without a time, in a format that demands one.
    case missingTimes = "frames without a time (written as 0)"
    /// Frames whose bus has a name, in a format that only numbers them or has no buses.
    case busNames = "names of buses"
    /// Frames of one of several buses, in a format that has none.
    case buses = "which of several buses a frame is of"
    /// Frames whose source does not name their bus, in a format that demands a name.
    case unnamedBuses = "frames without the name of a bus (written as can0 or the next free one)"
    /// 29-bit identifiers that 11 bits hold, in a format that does not tell them apart.
    case shortIdentifiers = "29-bit identifiers up to 7FF (they read as 11-bit ones)"
    /// That a frame was sent by what logged it.
    case directions = "frames that were sent (they read as received)"
    /// A time before that of the frame before it, in a format whose times cannot go back.
    case backwardTimes = "times that step back"
  }

  private var counts = [Int](repeating: 0, count: Subject.allCases.count)

  public init() {}

  /// Whether everything was held.
  public var isEmpty: Bool { counts.allSatisfy { $0 == 0 } }

  /// How many times `subject` could not be held.
  public subscript(subject: Subject) -> Int { counts[subject.index] }

  mutating func add(_ subject: Subject, count: Int = 1) { counts[subject.index] += count }
}

extension LogOmissions.Subject {
  fileprivate var index: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
