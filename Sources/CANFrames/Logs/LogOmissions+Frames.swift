extension LogOmissions {
  /// Counts what is lost of a frame in a format that has no buses.
  mutating func addBus(of frame: CANFrame, _ buses: BusNames) {
    if buses.names.count > 1 {
      add(.buses)
    } else if buses[frame.bus] != nil {
      add(.busNames)
    }
  }

  /// The time of a frame in a format that has no negative ones, counting what that leaves out.
  ///
  /// - Parameters:
  ///   - frame: A frame, whose time may be missing.
  ///   - resolution: The nanoseconds of the format's last digit.
  /// - Returns: Nanoseconds since 1970 or since the start; 0 for a frame without a time.
  mutating func heldTime(of frame: CANFrame, resolution: Int64) -> Int64 {
    guard frame.timestamp >= 0 else {
      add(.missingTimes)
      return 0
    }
    if frame.timestamp % resolution != 0 { add(.timePrecision) }
    return frame.timestamp
  }
}
