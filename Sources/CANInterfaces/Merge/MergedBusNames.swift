import CANFrames

/// The buses of several sources, each with a name and an index of its own.
struct MergedBusNames: Hashable, Sendable {
  private struct Bus: Hashable, Sendable {
    var source: Int
    var index: UInt8
  }

  private let sources: [String]
  private let prefixesAll: Bool
  private var known: [BusNames]
  private var indices: [Bus: UInt8] = [:]
  private var names: [String?] = []

  /// The names so far, by the index that merged frames carry.
  private(set) var all = BusNames([])

  /// - Parameters:
  ///   - sources: What the sources are called.
  ///   - prefixesAll: Whether every bus is named after its source too, as those of logs are, which
  ///     tend to have the same; otherwise only a name that another source has already. Of a path
  ///     the last part is enough if no other has the same.
  init(_ sources: [String], prefixesAll: Bool) {
    let short = sources.map { $0.split(separator: "/").last.map(String.init) ?? $0 }
    self.sources = prefixesAll && Set(short).count == short.count ? short : sources
    self.prefixesAll = prefixesAll
    known = sources.map { _ in BusNames([]) }
  }

  /// Takes note of what a source calls its buses.
  mutating func learn(_ names: BusNames, of source: Int) { known[source] = names }

  /// The index that stands for a source's bus; the last stands for all that are too many.
  mutating func index(of bus: UInt8, source: Int) -> UInt8 {
    let key = Bus(source: source, index: bus)
    if let index = indices[key] { return index }
    guard names.count < 256 else { return 255 }
    var name = sources[source]
    if let own = known[source][bus] {
      let isTaken = names.contains(own)
      name = prefixesAll || isTaken ? "\(sources[source]):\(own)" : own
    }
    let index = UInt8(names.count)
    indices[key] = index
    names.append(name)
    all = BusNames(names)
    return index
  }
}
