package import CANFrames
package import FrameStore

/// Writes a store, or a part of it, as a log: what `busbar export` does.
package struct ExportSession: ~Copyable {
  /// What is exported; everything where nothing is said.
  package struct Selection: Sendable {
    /// In nanoseconds since 1970, both ends included.
    package var times = Int64.min...Int64.max
    package var identifiers: Set<CANIdentifier> = []
    package var bus: String?

    package init() {}

    var isEverything: Bool {
      identifiers.isEmpty && bus == nil && times == Int64.min...Int64.max
    }
  }

  package private(set) var frameCount = 0
  /// What could not be read.
  package private(set) var damages: [StoreDamage] = []
  package var omissions: LogOmissions { writer.omissions }
  private let store: FrameStore
  private let selection: Selection
  private var writer: LogWriter
  private let target: ConvertTarget
  private let output: OutputFile
  private let progress: ProgressLine
  private let isStopped: @Sendable () -> Bool
  private var log: [UInt8] = []
  private var batch = FrameBatch()

  /// - Parameters:
  ///   - store: What to read.
  ///   - selection: Which of it.
  ///   - target: Where to, and in which format.
  ///   - replacing: Whether a file that is there may be replaced.
  ///   - progress: Told how far it is.
  ///   - isStopped: Asked now and then whether the user wants it to end.
  /// - Throws: If the output may not or cannot be made.
  package init(
    _ store: FrameStore, _ selection: Selection, to target: ConvertTarget, replacing: Bool,
    progress: ProgressLine, isStopped: @escaping @Sendable () -> Bool
  ) throws(ConvertError) {
    self.store = store
    self.selection = selection
    self.target = target
    writer = LogWriter(format: target.format)
    output = try OutputFile(target.path, compression: target.compression, replacing: replacing)
    self.progress = progress
    self.isStopped = isStopped
  }

  /// Exports; what is damaged is passed over and told in ``damages``.
  ///
  /// - Throws: ``StoreError``, or ``ConvertError``; a file is then as it was, also where the user
  ///   interrupts.
  package mutating func run() throws {
    if selection.times == Int64.min...Int64.max, selection.identifiers.isEmpty {
      var reader = StoreReader(store)
      while !isStopped(), let step = try reader.next() { try take(step) }
    } else {
      try exportBlocks()
    }
    progress.end()
    if isStopped(), target.path != "-" { throw ConvertError.interrupted(target.name) }
    writer.finish(to: &log)
    try output.write(&log)
    try output.commit()
  }

  private mutating func exportBlocks() throws {
    var reader = StoreReader(store)
    let wanted = selection.identifiers
    for block in try store.blocks(in: selection.times) where !isStopped() {
      // What was sealed meanwhile was read as a whole already.
      guard block.positions.upperBound > reader.position else { continue }
      guard !wanted.isEmpty else {
        reader.seek(to: max(reader.position, block.positions.lowerBound))
        if let step = try reader.next() { try take(step) }
        continue
      }
      do {
        let (frames, buses) = try reader.frames(of: block) { wanted.contains($0.identifier) }
        var records = StoredRecords(position: block.positions.lowerBound)
        (records.frames, records.buses) = (frames, buses)
        try take(.records(records))
      } catch let error as StoreError {
        damages.append(StoreDamage(positions: block.positions, reason: "\(error)"))
      }
    }
  }

  private mutating func take(_ step: StoreReader.Step) throws {
    switch step {
    case .damage(let damage): damages.append(damage)
    case .records(let records):
      batch.removeAll()
      batch.reserve(frames: records.frames.count)
      records.appendBusRecords(to: &batch)
      if !selection.isEverything { batch = selected(batch, records.buses) }
      frameCount += batch.frames.count
      writer.write(batch, buses: records.buses, to: &log)
      if log.count >= 1 << 18 { try output.write(&log) }
      progress.show(frameCount, "\(frameCount) frames")
    }
  }

  private func selected(_ batch: FrameBatch, _ buses: BusNames) -> FrameBatch {
    var result = FrameBatch()
    batch.forEach { frame in
      guard selection.times.contains(frame.timestamp),
        selection.identifiers.isEmpty || selection.identifiers.contains(frame.identifier),
        selection.bus == nil || buses[frame.bus] == selection.bus
      else { return }
      result.append(frame)
    } event: { event in
      guard selection.times.contains(event.timestamp),
        selection.bus == nil || buses[event.bus] == selection.bus
      else { return }
      result.append(event)
    }
    return result
  }
}
