package import CANFrames

/// Something that happened to the recording or to the stream of frames, a record among the frames.
package struct StoreEvent: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// What the source told.
    case bus(BusEvent.Kind)
    /// Recording began; `isClean` is false if the run before it did not end with ``stopped``: the
    /// power failed, or the program was killed.
    case started(source: String, afterCrash: Bool)
    /// Recording ended in order.
    case stopped
    /// What follows comes from a log, as far as it was not in the store already.
    case imported(log: String)
    /// Earlier records of this boot were dated anew, because the clock was not set when they came:
    /// the times of the records at these positions were moved by so many nanoseconds.
    case clockCorrected(nanoseconds: Int64, positions: ClosedRange<Int64>)
    /// So many records were lost because the disk did not keep up.
    case notStored(Int)
    /// The store could not be written any more and was put aside under this name.
    case storeReplaced(String)
    /// A kind that this program does not know.
    case unknown(String)
  }

  package var kind: Kind
  /// When it happened, in nanoseconds since 1970.
  package var time: Int64
  /// The bus that it concerns, if it is one.
  package var bus: String?

  package init(_ kind: Kind, time: Int64, bus: String? = nil) {
    self.kind = kind
    self.time = time
    self.bus = bus
  }
}

extension StoreEvent {
  /// The event's columns: its kind in a word, a number, a text.
  var columns: (kind: String, value: Int64?, detail: String?) {
    switch kind {
    case .bus(.framesDropped(let count)): ("frames-dropped", Int64(count), nil)
    case .bus(.gap(let nanoseconds)): ("gap", nanoseconds, nil)
    case .bus(.interfaceDown): ("interface-down", nil, nil)
    case .bus(.interfaceUp): ("interface-up", nil, nil)
    case .bus(.clockStep(let nanoseconds)): ("clock-step", nanoseconds, nil)
    case .started(let source, let afterCrash): ("started", afterCrash ? 1 : 0, source)
    case .stopped: ("stopped", nil, nil)
    case .imported(let log): ("imported", nil, log)
    case .clockCorrected(let nanoseconds, let positions):
      ("clock-corrected", nanoseconds, "\(positions.lowerBound)-\(positions.upperBound)")
    case .notStored(let count): ("not-stored", Int64(count), nil)
    case .storeReplaced(let name): ("store-replaced", nil, name)
    case .unknown(let kind): (kind, nil, nil)
    }
  }

  init(kind: String, value: Int64?, detail: String?, time: Int64, bus: String?) {
    self.time = time
    self.bus = bus
    self.kind =
      switch (kind, value, detail) {
      case ("frames-dropped", let count?, _): .bus(.framesDropped(Int(count)))
      case ("gap", let nanoseconds?, _): .bus(.gap(nanoseconds: nanoseconds))
      case ("interface-down", _, _): .bus(.interfaceDown)
      case ("interface-up", _, _): .bus(.interfaceUp)
      case ("clock-step", let nanoseconds?, _): .bus(.clockStep(nanoseconds: nanoseconds))
      case ("started", let value?, let source?): .started(source: source, afterCrash: value != 0)
      case ("stopped", _, _): .stopped
      case ("imported", _, let log?): .imported(log: log)
      case ("clock-corrected", let nanoseconds?, let detail?):
        Self.positions(detail).map { .clockCorrected(nanoseconds: nanoseconds, positions: $0) }
          ?? .unknown(kind)
      case ("not-stored", let count?, _): .notStored(Int(count))
      case ("store-replaced", _, let name?): .storeReplaced(name)
      default: .unknown(kind)
      }
  }
}

extension StoreEvent {
  /// Reads `12-345`.
  private static func positions(_ text: String) -> ClosedRange<Int64>? {
    let ends = text.split(separator: "-").compactMap { Int64($0) }
    guard ends.count == 2, ends[0] <= ends[1] else { return nil }
    return ends[0]...ends[1]
  }
}

extension StoreEvent: CustomStringConvertible {
  /// The event in words, without its time and bus.
  package var description: String {
    switch kind {
    case .bus(let kind): BusEvent(kind, timestamp: time, bus: 0).description
    case .started(let source, let afterCrash):
      "recording of \(source) started"
        + (afterCrash ? "; the run before it ended without a word (power cut or kill)" : "")
    case .stopped: "recording stopped"
    case .imported(let log): "frames of \(log) imported"
    case .clockCorrected(let nanoseconds, _):
      "the clock was set: what was recorded before is dated "
        + "\(Self.seconds(nanoseconds)) \(nanoseconds < 0 ? "earlier" : "later")"
    case .notStored(1): "1 record lost: the disk did not keep up"
    case .notStored(let count): "\(count) records lost: the disk did not keep up"
    case .storeReplaced(let name): "the store was damaged; it was put aside as \(name)"
    case .unknown(let kind): kind
    }
  }

  private static func seconds(_ nanoseconds: Int64) -> String {
    let milliseconds = nanoseconds.magnitude / 1_000_000
    return "\(milliseconds / 1000).\(String(milliseconds % 1000 + 1000).dropFirst()) s"
  }
}
