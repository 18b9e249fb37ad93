import CANFrames

extension FrameBatch {
  /// The batch taken apart: for each bus, by its number, its own frames and events in their order.
  ///
  /// As many as the highest number needs.
  var byBus: [FrameBatch] {
    var parts: [FrameBatch] = []
    func part(_ bus: UInt8) -> Int {
      while parts.count <= Int(bus) { parts.append(FrameBatch()) }
      return Int(bus)
    }
    forEach { frame in
      parts[part(frame.bus)].append(frame)
    } event: { event in
      parts[part(event.bus)].append(event)
    }
    return parts
  }
}
