import CANFrames

extension FrameBatch {
  /// The frames of each bus, by its number, in their order; as many as the highest number needs.
  var framesByBus: [[CANFrame]] {
    var parts: [[CANFrame]] = []
    for frame in frames {
      while parts.count <= Int(frame.bus) { parts.append([]) }
      parts[Int(frame.bus)].append(frame)
    }
    return parts
  }

  /// Gives frames and events in their order, frames of one bus that follow each other together.
  func forEachRun<Failure: Error>(
    frames run: (ArraySlice<CANFrame>) throws(Failure) -> Void,
    event: (BusEvent) throws(Failure) -> Void
  ) throws(Failure) {
    var start = 0
    for placed in events {
      try runs(start..<placed.position, run)
      start = placed.position
      try event(placed.event)
    }
    try runs(start..<frames.count, run)
  }

  private func runs<Failure: Error>(
    _ range: Range<Int>, _ run: (ArraySlice<CANFrame>) throws(Failure) -> Void
  ) throws(Failure) {
    var start = range.lowerBound
    for index in range where frames[index].bus != frames[start].bus {
      try run(frames[start..<index])
      start = index
    }
    if start < range.upperBound { try run(frames[start..<range.upperBound]) }
  }
}
