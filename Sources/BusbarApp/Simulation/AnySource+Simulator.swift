package import CANInterfaces

extension AnySource {
  /// Opens any source, also the simulator: the one place that all commands go through.
  ///
  /// - Parameters:
  ///   - specification: What to open.
  ///   - asIfLive: Whether a simulated battery's frames are stamped with the moment when they come,
  ///     whatever its speed.
  ///   - stop: A descriptor that ends waiting when it becomes readable; -1 for none.
  ///   - tell: Takes what the source has to say beside frames and events.
  /// - Returns: The source at its beginning.
  /// - Throws: Why it cannot be opened.
  package static func open(
    _ specification: SourceSpecification, asIfLive: Bool = false, stop: CInt,
    tell: @escaping RemarkListener
  ) throws(SourceError) -> AnySource {
    guard case .simulator(let text) = specification else {
      return try AnySource(opening: specification, stop: stop, tell: tell)
    }
    do throws(SimulationSetupError) {
      let setup = try SimulationSetup(parsing: text)
      return .other(SimulatorSource(setup, asIfLive: asIfLive, stop: stop))
    } catch {
      throw .simulation(error.description)
    }
  }
}
