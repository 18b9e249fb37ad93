/// Something that happened to the stream of frames itself, recorded in the order of the frames.
///
/// Together with the frames, events prove what was lost and what was not: where no event stands,
/// nothing was lost.
public struct BusEvent: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    /// So many frames were lost just before, because nobody read them in time.
    case framesDropped(Int)
    /// Nothing was received for this long, in nanoseconds, although the source was working.
    case gap(nanoseconds: Int64)
    /// The interface went down, or its adapter was unplugged.
    case interfaceDown
    /// The interface works again.
    case interfaceUp
    /// The clock that frames are stamped with was set, by this many nanoseconds.
    case clockStep(nanoseconds: Int64)
  }

  public var kind: Kind
  /// When it was noticed, on the scale of ``CANFrame/timestamp``.
  public var timestamp: Int64
  /// Which bus it concerns: an index into the names that the source keeps.
  public var bus: UInt8

  public init(_ kind: Kind, timestamp: Int64, bus: UInt8) {
    self.kind = kind
    self.timestamp = timestamp
    self.bus = bus
  }
}

extension BusEvent: CustomStringConvertible {
  /// The event in words, without bus and time, such as `123 frames lost: nobody read them in time`.
  public var description: String {
    switch kind {
    case .framesDropped(1): "1 frame lost: it was not read in time"
    case .framesDropped(let count): "\(count) frames lost: they were not read in time"
    case .gap(let nanoseconds): "nothing received for \(Self.seconds(nanoseconds))"
    case .interfaceDown: "interface went down"
    case .interfaceUp: "interface is up again"
    case .clockStep(let nanoseconds):
      "the clock was set \(nanoseconds < 0 ? "back" : "forward") by \(Self.seconds(nanoseconds))"
    }
  }

  private static func seconds(_ nanoseconds: Int64) -> String {
    let milliseconds = nanoseconds.magnitude / 1_000_000
    let fraction = String(milliseconds % 1000 + 1000).dropFirst()
    return "\(milliseconds / 1000).\(fraction) s"
  }
}
