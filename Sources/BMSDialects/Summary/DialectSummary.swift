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
  let fields: [[FieldPlan]]
  private(set) var tallies: [SignalTally]
  private var runs: [Run]
  /// For each signal, bit `n` is set if raw value `n` stands for a raised alarm.
  private let activeMasks: [UInt64]
  /// How many frames were given, also those that the dialect does not describe.
  public private(set) var frameCount = 0
  /// How many of them the dialect describes.
  public private(set) var decodedCount = 0

  /// - Parameters:
  ///   - dialect: What the log speaks.
  ///   - product: What is known of the product; some signals depend on it.
  public init(_ dialect: Dialect, product: [BatteryQuantity: String]) {
    self.dialect = dialect
    fields = dialect.plan.messages.map { message in
      FieldPlan.fields(of: message, in: dialect) { pattern in
        product[pattern.quantity].map(pattern.matches) ?? false
      }
    }
    tallies = [SignalTally](repeating: SignalTally(), count: dialect.plan.signals.count)
    runs = [Run](repeating: Run(), count: dialect.plan.messages.count)
    activeMasks = dialect.plan.signals.map { signal in
      signal.labels.reduce(0) { mask, label in
        label.value == AlarmState.active.rawValue && (0..<64).contains(label.key)
          ? mask | 1 << UInt64(label.key) : mask
      }
    }
  }

  /// Takes note of frames, in their order.
  public mutating func add(_ frames: [CANFrame]) {
    for frame in frames {
      let number = frameCount
      frameCount += 1
      guard frame.kind == .data, let message = dialect.plan.messageIndex(for: frame.identifier)
      else { continue }
      decodedCount += 1
      if runs[message].payload == frame.payload, runs[message].length == frame.length,
        runs[message].count > 0
      {
        runs[message].count += 1
        runs[message].lastFrame = number
        continue
      }
      close(message)
      runs[message] = Run(
        payload: frame.payload, length: frame.length, count: 1, lastFrame: number)
    }
  }

  /// Takes note of the runs that are still open; call once, at the end.
  public mutating func finish() {
    for message in runs.indices { close(message) }
  }

  /// Appends the summary of what came after this part of the log; both are finished.
  public mutating func append(_ later: DialectSummary) {
    for slot in tallies.indices {
      tallies[slot].append(later.tallies[slot], framesBefore: frameCount)
    }
    frameCount += later.frameCount
    decodedCount += later.decodedCount
  }

  /// Ends a message's run: takes its frame apart, once for all its repetitions.
  private mutating func close(_ message: Int) {
    let run = runs[message]
    guard run.count > 0 else { return }
    runs[message].count = 0
    for field in fields[message] {
      for slot in field.slots {
        guard let raw = available(slot, run.payload, run.length) else { continue }
        let isActive = activeMasks[slot] != 0 && activeMasks[slot] >> UInt64(raw & 63) & 1 != 0
        tallies[slot].add(raw, weight: run.count, lastFrame: run.lastFrame, isActive: isActive)
        // Alarms of one quantity are all told; of numbers, only the finest.
        if activeMasks[slot] == 0 { break }
      }
    }
  }

  /// The raw value of a signal, or `nil` if the frame does not have it or it is not available.
  private func available(_ slot: Int, _ payload: UInt64, _ length: UInt8) -> Int64? {
    let signal = dialect.plan.signals[slot]
    let meaning = dialect.signals[slot]
    let isThere =
      meaning.encoding == .text
      ? SignalText.firstByte(of: signal.field) < length
      : signal.isPresent(in: payload, length: length)
    guard isThere else { return nil }
    let raw = signal.field.integer(in: payload)
    for codes in meaning.notAvailable where codes.contains(raw) { return nil }
    if raw == 0, let neighbour = meaning.absentBeside {
      let beside = dialect.plan.signals[neighbour]
      if beside.isPresent(in: payload, length: length), beside.field.bits(in: payload) != 0 {
        return nil
      }
    }
    return raw
  }
}
