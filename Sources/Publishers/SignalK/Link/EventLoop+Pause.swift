import NIOCore

extension EventLoop {
  /// Waits for so long, or until the task is cancelled.
  ///
  /// Not `Task.sleep`: a cancelled one keeps its timer until the time is over, so that a server that
  /// hangs up again and again would fill the memory with them.
  ///
  /// - Returns: Whether the time is over, and the task not cancelled.
  func pause(_ duration: Duration) async -> Bool {
    let alarm = scheduleTask(in: .init(duration)) {}
    return await withTaskCancellationHandler {
      (try? await alarm.futureResult.get()) != nil
    } onCancel: {
      alarm.cancel()
    }
  }
}
