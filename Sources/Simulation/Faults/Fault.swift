package import CANFrames

/// Something that goes wrong at a time that is known beforehand.
package struct Fault: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// A cell drains by itself, in A; cells count from 1.
    case drift(cell: Int, current: Double)
    /// A sense wire makes bad contact: the cell's voltage jumps.
    case looseWire(cell: Int)
    /// A temperature sensor keeps showing what it showed; sensors count from 1.
    case stuckSensor(Int)
    /// A temperature sensor is not there.
    case missingSensor(Int)
    /// The BMS starts anew and takes the battery for half full.
    case restart
    /// Nothing is sent.
    case silence
    /// One identifier is not sent.
    case missing(CANIdentifier)
    /// So many of a hundred frames have a bit turned that should not be.
    case corrupted(percent: Double)
    /// The listener's controller leaves the bus and comes back at the end.
    case busOff
    /// Error frames among the others.
    case errorFrames
    /// The listener has the wrong bit rate: error frames and nothing else.
    case wrongBitRate
    /// The BMS starts anew with other software.
    case firmware(String)
    /// A second battery of the same kind speaks on the same bus.
    case secondBMS
    /// The clock that frames are stamped with is set, by so many seconds.
    case clockStep(seconds: Double)
  }

  package var kind: Kind
  /// From the beginning of the simulation, in s.
  package var start: Double
  /// How long it lasts, in s; `nil` for to the end, or for what happens at one moment.
  package var duration: Double?

  package init(_ kind: Kind, start: Double, duration: Double? = nil) {
    self.kind = kind
    self.start = start
    self.duration = duration
  }

  /// Whether it is there at a time, in s.
  func isActive(at time: Double) -> Bool {
    time >= start && (duration.map { time < start + $0 } ?? true)
  }
}
