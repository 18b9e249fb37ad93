/// A string of resistors in the place of cells, as BMSes are tested on a bench: a supply turned by hand.
struct BenchRig: Sendable {
  /// What stands at one moment; between two of them everything changes evenly.
  struct Point: Sendable {
    /// From the beginning of the test, in s.
    var time: Double
    /// The lowest and the highest cell, in V.
    var low: Double
    var high: Double
    /// At the terminals, in V.
    var pack: Double
    /// Of the sensors, in degC.
    var temperature: Double
  }

  let points: [Point]
  /// Which cell is the lowest and which the highest, counted from 0.
  var lowCell = 3
  var highCell = 7
  /// Which sensor the temperature is put on; the other stays at 25 degC.
  var sensor = 0

  /// What a BMS measures there.
  func measurement(at time: Double, cellCount: Int) -> BMSMeasurement {
    let point = point(at: time)
    let others = (point.pack - point.low - point.high) / Double(cellCount - 2)
    let middle = min(point.high, max(point.low, others))
    var cells = [Double](repeating: middle, count: cellCount)
    cells[lowCell] = point.low
    cells[highCell] = point.high
    var temperatures: [Double?] = [25, 25]
    temperatures[sensor] = point.temperature
    return BMSMeasurement(
      cellVoltages: cells, packVoltage: point.pack, current: 0, temperatures: temperatures,
      bmsTemperature: 25)
  }

  private func point(at time: Double) -> Point {
    guard let next = points.firstIndex(where: { $0.time > time }), next > 0 else {
      return time < points[0].time ? points[0] : points[points.count - 1]
    }
    let (left, right) = (points[next - 1], points[next])
    let part = (time - left.time) / (right.time - left.time)
    func between(_ path: KeyPath<Point, Double>) -> Double {
      left[keyPath: path] + (right[keyPath: path] - left[keyPath: path]) * part
    }
    return Point(
      time: time, low: between(\.low), high: between(\.high), pack: between(\.pack),
      temperature: between(\.temperature))
  }
}

extension BenchRig {
  /// Voltages at 25 degC.
  static func voltages(
    _ points: [(time: Double, low: Double, high: Double, pack: Double)], lowCell: Int = 3,
    highCell: Int = 7
  ) -> Self {
    Self(
      points: points.map {
        Point(time: $0.time, low: $0.low, high: $0.high, pack: $0.pack, temperature: 25)
      }, lowCell: lowCell, highCell: highCell)
  }

  /// Temperatures at 3.24 V a cell, where the temperature tests stood.
  static func temperatures(_ points: [(time: Double, degrees: Double)], sensor: Int = 0) -> Self {
    Self(
      points: points.map {
        Point(time: $0.time, low: 3.236, high: 3.242, pack: 25.92, temperature: $0.degrees)
      }, sensor: sensor)
  }
}
