/// Clouds before the sun, that change every ten minutes.
struct Weather: Sendable {
  private var random: SplitMix64
  private var until = -1.0
  private var cover = 0.0

  init(seed: UInt64) { random = SplitMix64(seed: seed) }

  /// How much light there is, 0 to 1.
  ///
  /// - Parameters:
  ///   - time: From the beginning, in s; rising from call to call.
  ///   - clouds: How much is taken on average, 0 to 1.
  /// - Returns: 0 for the darkest, 1 for a clear sky.
  mutating func light(_ time: Double, _ clouds: Double) -> Double {
    if time > until {
      until = time + 600
      cover = random.unit()
    }
    return max(0, 1 - min(1, 2 * clouds * cover))
  }
}
