public import BatteryModel
public import CANFrames
import DBC

/// Count, minimum, mean, maximum, first and last of everything that a log says, at the rate of the
/// log.
///
/// Works on raw values and scales once, at the end. A frame that repeats the one before of its
/// message, as most of a BMS do, is only counted; its signals are taken apart when it changes.
public struct DialectSummary: Sendable {
  /// The last frame of a message, and how often it has come in a row.
  private struct Run: Sendable {
    var payload: UInt64 = 0
    var length: UInt8 = 0
    var count = 0
    var lastFrame = 0
  }

  let dialect: Dialect
  /// For each message, the entries of its output.
  let fields: [[FieldPlan]]
  private(set) var tallies: [SignalTally]
  private var runs: [Run]
  /// The steps of all messages in a row, and where each message's begin.
  private let steps: [SummaryStep]
  private let starts: [Int]
  private let exceptions: [SummaryException]
  /// For each standard identifier, the index of its message plus one, or 0: the plan's own table,
  /// kept here so that the loop over frames calls nothing.
  private let standard: [UInt16]
  /// How many frames were given, also those that the dialect does not describe.
  public private(set) var frameCount = 0
  /// How many of them the dialect describes.
  public private(set) var decodedCount = 0

  /// - Parameters:
  ///   - dialect: What the log speaks.
  ///   - product: What is known of the product; some signals depend on it.
  public init(_ dialect: Dialect, product: [BatteryQuantity: String]) {
    self.dialect = dialect
    let isProduct = { (pattern: IdentityPattern) in
      product[pattern.quantity].map(pattern.matches) ?? false
    }
    fields = dialect.plan.messages.map {
      FieldPlan.fields(of: $0, in: dialect, product: isProduct)
    }
    tallies = [SignalTally](repeating: SignalTally(), count: dialect.plan.signals.count)
    runs = [Run](repeating: Run(), count: dialect.plan.messages.count)
    var steps: [SummaryStep] = []
    var starts = [0]
    var exceptions: [SummaryException] = []
    for message in fields {
      for field in message {
        for (index, slot) in field.slots.enumerated() {
          steps.append(
            SummaryStep(
              slot, alternatives: field.slots.count - index - 1, in: dialect,
              product: isProduct, exceptions: &exceptions))
        }
      }
      starts.append(steps.count)
    }
    self.steps = steps
    self.starts = starts
    self.exceptions = exceptions
    standard = (0..<0x800).map { number in
      UInt16((dialect.plan.messageIndex(for: .standard(number)) ?? -1) + 1)
    }
  }

  /// Takes note of frames, in their order.
  public mutating func add(_ frames: [CANFrame]) {
    var number = frameCount
    var decoded = 0
    let (steps, starts, standard) = (self.steps, self.starts, self.standard)
    let exceptions = self.exceptions
    let plan = dialect.plan
    // Spans, so that nothing is checked for being shared in the loop.
    var (ownRuns, ownTallies) = takeState()
    defer { (self.runs, self.tallies) = (ownRuns, ownTallies) }
    var runs = ownRuns.mutableSpan
    var tallies = ownTallies.mutableSpan
    for frame in frames {
      defer { number += 1 }
      guard frame.kind == .data else { continue }
      let identifier = frame.identifier
      let message =
        identifier.format == .standard
        ? Int(standard[Int(identifier.number)]) - 1 : plan.messageIndex(for: identifier) ?? -1
      guard message >= 0 else { continue }
      decoded += 1
      if runs[message].payload == frame.payload, runs[message].length == frame.length,
        runs[message].count > 0
      {
        runs[message].count += 1
      } else {
        Self.close(message, runs[message], steps.span, starts.span, exceptions.span, &tallies)
        runs[message].payload = frame.payload
        runs[message].length = frame.length
        runs[message].count = 1
      }
      runs[message].lastFrame = number
    }
    frameCount = number
    decodedCount += decoded
  }

  /// Takes note of the runs that are still open; call once, at the end.
  public mutating func finish() {
    let (steps, starts, exceptions) = (self.steps, self.starts, self.exceptions)
    var (ownRuns, ownTallies) = takeState()
    defer { (self.runs, self.tallies) = (ownRuns, ownTallies) }
    var runs = ownRuns.mutableSpan
    var tallies = ownTallies.mutableSpan
    for message in runs.indices {
      Self.close(message, runs[message], steps.span, starts.span, exceptions.span, &tallies)
      runs[message].count = 0
    }
  }

  /// Appends the summary of what came after this part of the log; both are finished.
  public mutating func append(_ later: DialectSummary) {
    for slot in tallies.indices {
      tallies[slot].append(later.tallies[slot], framesBefore: frameCount)
    }
    frameCount += later.frameCount
    decodedCount += later.decodedCount
  }

  /// Moves the state out, so that it can be changed in place; the caller puts it back.
  private mutating func takeState() -> ([Run], [SignalTally]) {
    var state: ([Run], [SignalTally]) = ([], [])
    swap(&state.0, &runs)
    swap(&state.1, &tallies)
    return state
  }

  /// Ends a message's run: takes its frame apart, once for all its repetitions.
  private static func close(
    _ message: Int, _ run: Run, _ steps: Span<SummaryStep>, _ starts: Span<Int>,
    _ exceptions: Span<SummaryException>, _ tallies: inout MutableSpan<SignalTally>
  ) {
    guard run.count > 0 else { return }
    let swapped = run.payload.byteSwapped
    var index = starts[message]
    let end = starts[message + 1]
    while index < end {
      let step = steps[index]
      index += 1
      guard step.byteCount <= run.length else { continue }
      var raw = step.field.integer(in: run.payload, swapped: swapped)
      let slot = Int(step.slot)
      if step.exception >= 0 {
        let place = Int(step.exception)
        guard
          case .raw(let value) = exceptions[place].reading.judge(raw, run.payload, run.length)
        else { continue }
        raw = value
        if exceptions[place].isActive(raw) { tallies[slot].activeCount += run.count }
        index += exceptions[place].alternatives
      }
      tallies[slot].add(raw, weight: run.count, lastFrame: run.lastFrame)
    }
  }
}
