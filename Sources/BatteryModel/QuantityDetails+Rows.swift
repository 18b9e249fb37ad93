/// The catalogue's rows, one function for each kind, so that a row says only what is its own.
extension QuantityDetails {
  static func measurement(
    _ title: String, _ unit: String, _ description: String, _ signalK: SignalKMapping?,
    deviceClass: String?, prometheus: String, influx: String
  ) -> Self {
    Self(
      title: title, unit: unit, kind: .measurement, description: description, signalK: signalK,
      homeAssistantDeviceClass: deviceClass, prometheusName: prometheus, influxField: influx)
  }

  static func limit(
    _ title: String, _ unit: String, _ description: String, _ signalK: SignalKMapping?,
    deviceClass: String?, prometheus: String, influx: String
  ) -> Self {
    var row = measurement(
      title, unit, description, signalK, deviceClass: deviceClass, prometheus: prometheus,
      influx: influx)
    row.kind = .limit
    return row
  }

  static func state(
    _ title: String, _ description: String, _ signalK: SignalKMapping?, prometheus: String? = nil,
    influx: String
  ) -> Self {
    Self(
      title: title, unit: "", kind: .state, description: description, signalK: signalK,
      homeAssistantDeviceClass: nil, prometheusName: prometheus, influxField: influx)
  }

  static func identity(
    _ title: String, _ description: String, _ signalK: SignalKMapping?
  ) -> Self {
    Self(
      title: title, unit: "", kind: .identity, description: description, signalK: signalK,
      homeAssistantDeviceClass: nil, prometheusName: nil, influxField: nil)
  }
}
