package import CANFrames

/// Somebody else who wants everything that comes off a bus, such as a recorder.
///
/// It gets every frame and every event of a battery's source, whatever dialect they are of, and
/// before they are decoded.
package protocol BusConsumer: Sendable {
  /// Takes a batch, which is only lent.
  ///
  /// Called on the thread that reads the bus, a few times a second also with nothing in it: it must
  /// not wait for anything, least of all for a disk.
  ///
  /// - Parameters:
  ///   - batch: In the order of arrival.
  ///   - battery: The id of the battery whose source it is.
  ///   - buses: The names of the buses that frames and events carry the numbers of.
  func take(_ batch: FrameBatch, battery: String, buses: BusNames)
}
