import Glibc

/// Threads for calls that wait; the C library's own, so that no other library is needed.
enum BackgroundThread {
  private final class Body: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  /// A thread that can be waited for.
  struct Handle: Sendable {
    fileprivate let thread: pthread_t

    /// Waits until the thread's body has returned; call once.
    func join() { _ = pthread_join(thread, nil) }
  }

  /// Runs `body` on a new thread, with every signal left to the other threads.
  static func start(_ body: @escaping @Sendable () -> Void) throws(CallFailure) -> Handle {
    var thread = pthread_t()
    let box = unsafe Unmanaged.passRetained(Body(body))
    var all = sigset_t()
    var before = sigset_t()
    unsafe sigfillset(&all)
    unsafe pthread_sigmask(SIG_BLOCK, &all, &before)
    let code = unsafe pthread_create(
      &thread, nil,
      { argument in
        if let argument = unsafe argument {
          unsafe Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
        }
        return nil
      }, unsafe box.toOpaque())
    unsafe pthread_sigmask(SIG_SETMASK, &before, nil)
    guard code == 0 else {
      unsafe box.release()
      throw CallFailure(call: "pthread_create", code: code)
    }
    return Handle(thread: thread)
  }

  /// Runs `body` on a new thread that nobody waits for.
  static func detach(_ body: @escaping @Sendable () -> Void) throws(CallFailure) {
    _ = pthread_detach(try start(body).thread)
  }
}
