/// What a source has to tell people beside frames and events.
package struct SourceRemark: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// An adapter or server listens now; what it says of itself, and how.
    case listening(String)
    /// No bit rate was given, and this one is tried.
    case assumedBitRate(Int)
    /// The adapter has no clock for frames; they are dated when they arrive.
    case noTimeStamps
    /// The adapter was asked to only listen and does not say that it does.
    case listenOnlyUnconfirmed
    /// The adapter's bus has no bit rate and is off.
    case busIsOff
    /// The connection was lost and is sought again.
    case lost(reason: String)
    /// So many pieces so far were no frames; the last of them, fit for a terminal.
    case rejected(count: Int, excerpt: String)
    /// So many CAN FD frames so far, which are not decoded.
    case flexibleDataRate(count: Int)
    /// One of several sources failed; the others go on.
    case failed(SourceError)
    /// One of several sources has ended; the others go on.
    case ended
  }

  /// Which source it is about.
  package var source: String
  package var kind: Kind

  package init(_ source: String, _ kind: Kind) {
    self.source = source
    self.kind = kind
  }
}

extension SourceRemark: CustomStringConvertible {
  /// One line.
  package var description: String {
    switch kind {
    case .listening(let what): "\(source): \(what)"
    case .assumedBitRate(let rate):
      "\(source): no bitrate= was given; trying \(rate) (a REC has 250000, Pylontech 500000)"
    case .noTimeStamps: "\(source): the adapter does not stamp frames; arrival is their time"
    case .listenOnlyUnconfirmed:
      "\(source): the adapter does not confirm that it only listens; "
        + "it may acknowledge frames on the bus"
    case .busIsOff:
      "\(source): the adapter has this bus off; give its bit rate, such as bitrate=250000"
    case .lost(let reason): "\(source): \(reason); waiting for its return"
    case .rejected(1, let excerpt): "\(source): not a frame: '\(excerpt)'"
    case .rejected(let count, let excerpt):
      "\(source): \(count) times what came was not a frame; the last: '\(excerpt)'"
    case .flexibleDataRate(1): "\(source): a CAN FD frame; only classic CAN is decoded"
    case .flexibleDataRate(let count):
      "\(source): \(count) CAN FD frames; only classic CAN is decoded"
    case .failed(let error): "\(error); the other sources go on"
    case .ended: "\(source): the source has ended"
    }
  }
}

/// Takes what a source has to tell; may be called from any thread.
package typealias RemarkListener = @Sendable (SourceRemark) -> Void
