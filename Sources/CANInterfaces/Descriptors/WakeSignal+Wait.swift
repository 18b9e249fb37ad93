extension WakeSignal {
  /// Waits until the signal is raised, or for so many milliseconds.
  ///
  /// - Returns: Whether it is raised.
  package func wait(milliseconds: Int32) -> Bool {
    // What `poll` could refuse here is a descriptor that is not open; this object keeps it open.
    (try? Wait.until(-1, isReadyOr: descriptor, before: Deadline(milliseconds: milliseconds)))
      == .stopped
  }
}
