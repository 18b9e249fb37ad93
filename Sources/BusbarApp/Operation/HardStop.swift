import Dispatch
import Foundation
import Glibc

/// Ends the program two seconds after it was told to, whatever hangs.
///
/// It needs none of the threads that tasks run on: a part may have blocked all of them.
package final class HardStop {
  private static let patience = DispatchTimeInterval.milliseconds(1900)

  private let sources: [any DispatchSourceSignal]

  /// Begins to listen to SIGINT and SIGTERM, which must be ignored or handled otherwise already.
  package init() {
    let queue = DispatchQueue(label: "busbar.hard-stop")
    sources = [SIGINT, SIGTERM].map { number in
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler {
        queue.asyncAfter(deadline: .now() + Self.patience) {
          StandardErrorNotices().tell("busbar: a part does not end; ended without it")
          Foundation.exit(ExitStatus.outsideFailed.rawValue)
        }
      }
      source.resume()
      return source
    }
  }

  /// Stops listening.
  package func cancel() { for source in sources { source.cancel() } }
}
