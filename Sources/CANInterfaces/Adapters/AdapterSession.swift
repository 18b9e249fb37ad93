import CANFrames

/// One side of a conversation with an adapter or a server, without a descriptor or a clock.
///
/// Bytes go in with the time at which they came; frames, things to say and things to tell come out.
protocol AdapterSession: Sendable {
  /// The buses that frames come from, by the index that they carry.
  var busNames: [String?] { get }
  /// Whether the conversation has come so far that frames are delivered.
  var isListening: Bool { get }
  /// When ``wake(at:into:)`` is called, on the monotonic clock; `nil` for never.
  var nextTime: Int64? { get }
  /// What was received that is no classic frame.
  var rejections: RejectionCounter { get }

  /// A new connection is there; what was said over an older one is forgotten.
  mutating func begin(at now: ClockReading, into outcome: inout SessionOutcome)
  /// Bytes came.
  mutating func receive(
    _ bytes: Span<UInt8>, at now: ClockReading, into outcome: inout SessionOutcome)
  /// The time came that ``nextTime`` named; see ``wakeIfDue(at:into:)``.
  mutating func wake(at now: ClockReading, into outcome: inout SessionOutcome)
  /// The connection is lost; ``begin(at:into:)`` comes next.
  mutating func close()
  /// What to say before the connection is closed.
  var farewell: [AdapterCommand] { get }
}

extension AdapterSession {
  var farewell: [AdapterCommand] { [] }

  /// Time went by; does nothing before ``nextTime``.
  mutating func wakeIfDue(at now: ClockReading, into outcome: inout SessionOutcome) {
    if let nextTime, now.monotonic >= nextTime { wake(at: now, into: &outcome) }
  }
}

/// What a step of an ``AdapterSession`` led to.
struct SessionOutcome: Sendable {
  var batch = FrameBatch()
  var commands: [AdapterCommand] = []
  var remarks: [SourceRemark.Kind] = []
  /// Why the conversation cannot go on; the connection is then of no use.
  var fault: AdapterFault?

  /// Adds what is to be told, if anything is.
  mutating func tell(_ remark: SourceRemark.Kind?) {
    if let remark { remarks.append(remark) }
  }
}
