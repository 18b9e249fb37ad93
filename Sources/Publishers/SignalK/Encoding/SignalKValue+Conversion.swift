import BatteryModel

extension SignalKValue {
  /// The value that Signal K wants for a reading, or `nil` if there is none to be published.
  ///
  /// - Parameters:
  ///   - value: What the battery model holds, in the catalogue's unit.
  ///   - row: The quantity's row of the catalogue. A path has one type for ever, since databases
  ///     fix it with the first value: what does not fit the row's kind is left out.
  ///   - nominalVoltage: The pack's, for capacities in joule.
  init?(_ value: QuantityValue, of row: QuantityDetails, nominalVoltage: Double?) {
    guard let mapping = row.signalK else { return nil }
    if mapping.conversion == .digitsToNumber {
      guard let text = value.text, let number = Self.number(ofDigits: text) else { return nil }
      self = .number(number)
      return
    }
    switch (row.kind, value) {
    case (.measurement, .number(let number)), (.limit, .number(let number)):
      guard
        let converted = mapping.conversion.convert(number, nominalVoltage: nominalVoltage)
      else { return nil }
      self = .number(converted)
    case (.state, .flag(let flag)): self = .flag(flag)
    case (.state, .text(let text)), (.identity, .text(let text)): self = .text(text)
    default: return nil
    }
  }

  private static func number(ofDigits text: String) -> Double? {
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return Int32(text).map(Double.init)
  }
}

extension SignalKMapping.Conversion {
  /// The number in Signal K's unit, without the noise that binary fractions leave behind.
  fileprivate func convert(_ number: Double, nominalVoltage: Double?) -> Double? {
    switch self {
    case .none, .digitsToNumber: number + 0  // which makes -0 a 0
    case .percentToRatio: Self.rounded(number / 100)
    case .celsiusToKelvin: Self.rounded(number + 273.15)
    case .ampereHoursToCoulombs: Self.rounded(number * 3600)
    case .ampereHoursToJoules: nominalVoltage.map { Self.rounded(number * 3600 * $0) }
    }
  }

  /// Rounds to six decimals, finer than any BMS's resolution.
  private static func rounded(_ number: Double) -> Double {
    (number * 1e6).rounded() / 1e6 + 0
  }
}
