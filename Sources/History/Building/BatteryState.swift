import BatteryModel

/// What has to be known of a battery to go on reading its frames after a restart.
struct BatteryState: Sendable, Codable {
  /// A time in which the battery spoke one dialect and was one product.
  struct Era: Sendable, Codable {
    /// When it began, in nanoseconds since 1970.
    var start: Int64
    var dialect: String
    var product: [BatteryQuantity: String]
  }

  /// Beyond it the oldest are forgotten, and the oldest that is left stands for them.
  private static let mostEras = 100

  private(set) var eras: [Era] = []
  var watch = BatteryWatch()

  /// The dialect and product that hold now; `nil` if no dialect was found yet.
  var present: Era? { eras.last }

  /// The era that a time lies in; what is earlier than all of them counts to the first.
  func era(at time: Int64) -> Era? { eras.last { $0.start <= time } ?? eras.first }

  /// Where the era after that of `time` begins.
  func nextEra(after time: Int64) -> Int64? { eras.first { $0.start > time }?.start }

  mutating func begin(_ dialect: String, _ product: [BatteryQuantity: String], at time: Int64) {
    eras.append(Era(start: time, dialect: dialect, product: product))
    if eras.count > Self.mostEras { eras.removeFirst() }
  }

  /// Takes note of what the product said about itself: more of the same is no new era.
  mutating func told(_ product: [BatteryQuantity: String], at time: Int64) {
    guard let old = eras.last, old.product != product else { return }
    if old.product.allSatisfy({ product[$0.key]?.hasPrefix($0.value) ?? false }) {
      eras[eras.count - 1].product = product
    } else {
      begin(old.dialect, product, at: time)
    }
  }
}
