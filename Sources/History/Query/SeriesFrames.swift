import CANFrames
import FrameStore

/// One series out of the frames themselves.
///
/// Of blocks that are in the history, only the streams are decoded that tell the quantity: by
/// which dialect is known. Of newer ones those too that tell who the battery is; and once a stream is
/// in them that was not there before, everything, since that may be another dialect.
struct SeriesFrames: ~Copyable {
  private let series: SeriesName
  private let state: BatteryState
  private let dialects: HistoryDialects
  /// The position behind what is in the history.
  private let reach: Int64
  /// What was heard on the bus before.
  private let known: Set<FrameStream>
  private var reader: StoreReader
  private var battery: BatteryReader
  private var nextEra: Int64?
  private var isWhole = false
  private var samples: [Sample] = []
  private var events: [HistoryEvent] = []

  /// How many blocks are looked at for what was heard before.
  private static let blocksBefore = 4

  /// - Parameters:
  ///   - store: The recording.
  ///   - dialects: Which dialects there are.
  ///   - series: The quantity and the bus.
  ///   - time: The time from which on frames will be read, in nanoseconds since 1970.
  /// - Throws: If the store cannot be read.
  init(
    _ store: FrameStore, _ dialects: HistoryDialects, _ series: SeriesName, from time: Int64
  ) throws(StoreError) {
    let reach = try HistoryBuilder.reach(store, dialects)
    let state = try HistoryBuilder.batteries(store, dialects)[series.bus] ?? BatteryState()
    let before = try store.newestBlocks(Self.blocksBefore, before: reach)
    (self.series, self.dialects, self.reach, self.state) = (series, dialects, reach, state)
    reader = StoreReader(store)
    battery = BatteryReader(series.bus, dialects, state, isWhole: false)
    if let era = state.era(at: time) { battery.speak(era) }
    nextEra = state.nextEra(after: time)
    known = Set(before.flatMap { Self.streams(of: $0, on: series.bus) })
  }

  /// Adds what a block says; blocks come in the order of their positions.
  ///
  /// - Throws: If the store cannot be read.
  mutating func read(
    _ block: BlockSummary, into answer: inout SeriesAnswer
  ) throws(StoreError) {
    let isNew = block.positions.lowerBound >= reach
    if isNew, dialects.isAutomatic, !isWhole, !known.isEmpty,
      !known.isSuperset(of: Self.streams(of: block, on: series.bus))
    {
      isWhole = true
      battery = BatteryReader(series.bus, dialects, state)
    }
    let (isWhole, battery, quantity) = (isWhole, battery, series.quantity)
    let (frames, buses) = try reader.frames(of: block) { stream in
      stream.kind == .data
        && (isWhole || battery.mayNeed(stream.identifier, for: quantity, andIdentity: isNew))
    }
    for frame in frames where buses[frame.bus] ?? "" == series.bus {
      if !isNew, let start = nextEra, frame.timestamp >= start, let era = state.era(at: start) {
        self.battery.speak(era)
        nextEra = state.nextEra(after: start)
      }
      self.battery.take(frame, samples: &samples, events: &events)
      add(to: &answer)
    }
    events.removeAll(keepingCapacity: true)
  }

  /// Decides by what there was, if that was too little to be sure.
  mutating func finish(_ answer: inout SeriesAnswer) {
    battery.finish(samples: &samples, events: &events)
    add(to: &answer)
  }

  /// The streams of a block on a bus; none if that cannot be told.
  private static func streams(of block: BlockSummary, on bus: String) -> Set<FrameStream> {
    guard let directory = (try? block.directory()) ?? nil else { return [] }
    return Set(
      directory.entries.map(\.stream).filter {
        directory.buses[Int($0.bus)] ?? "" == bus
      }.map(\.withoutBus))
  }

  private mutating func add(to answer: inout SeriesAnswer) {
    for sample in samples where sample.quantity == series.quantity {
      answer.add(SeriesCell(sample.value, at: sample.time), at: sample.time)
    }
    samples.removeAll(keepingCapacity: true)
  }
}

extension FrameStream {
  /// Numbers of buses differ from block to block.
  fileprivate var withoutBus: FrameStream {
    var stream = self
    stream.bus = 0
    return stream
  }
}
