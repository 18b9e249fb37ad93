/// The times of frames as a format holds them that has no negative ones and no nanoseconds.
struct WriterClock {
  /// The time in nanoseconds since 1970 or since the start, 0 if the frame has none.
  ///
  /// - Parameter resolution: Nanoseconds of the format's last digit; what is finer is counted.
  @inline(__always)
  static func time(
    _ frame: CANFrame, resolution: Int64, counting omissions: inout LogOmissions
  ) -> Int64 {
    guard frame.timestamp >= 0 else {
      omissions.add(.missingTimes)
      return 0
    }
    if frame.timestamp % resolution != 0 { omissions.add(.timePrecision) }
    return frame.timestamp
  }
}
