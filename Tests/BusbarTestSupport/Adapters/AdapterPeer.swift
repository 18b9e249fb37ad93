import Foundation
import Glibc
import Synchronization

/// Somebody at the other end of a descriptor who behaves like a model.
package final class AdapterPeer<Model: AdapterModel>: Sendable {
  private struct State: Sendable {
    var model: Model
    var descriptor: CInt = -1
    var isHungUp = false
  }

  private let state: Mutex<State>

  package init(_ model: Model) { state = Mutex(State(model: model)) }

  /// The model as it is now.
  package var model: Model { state.withLock { $0.model } }

  /// Changes the model.
  package func change(_ body: @Sendable (inout Model) -> Void) {
    state.withLock { body(&$0.model) }
  }

  /// Says something unasked.
  package func say(_ text: String) { say(Array(text.utf8)) }

  package func say(_ bytes: [UInt8]) {
    state.withLock { Self.put(bytes, $0.descriptor) }
  }

  /// Ends the present connection.
  package func hangUp() {
    state.withLock { $0.isHungUp = $0.descriptor >= 0 }
    while state.withLock({ $0.isHungUp }) { usleep(1000) }
  }

  /// Answers what comes over a descriptor until that has ended; then closes it.
  ///
  /// - Parameters:
  ///   - descriptor: A connection, or the upper end of a pseudo-terminal.
  ///   - isTerminal: Whether an error only means that nobody has opened the other end.
  package func serve(_ descriptor: CInt, isTerminal: Bool = false) {
    state.withLock { state in
      state.descriptor = descriptor
      state.isHungUp = false
      Self.put(state.model.greeting, descriptor)
    }
    var buffer = [UInt8](repeating: 0, count: 4096)
    while state.withLock({ !$0.isHungUp }) {
      var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard unsafe poll(&entry, 1, 20) > 0 else { continue }
      let count = unsafe read(descriptor, &buffer, buffer.count)
      if count > 0 {
        state.withLock { state in
          Self.put(state.model.take(Array(buffer.prefix(count))), descriptor)
        }
      } else if isTerminal {
        usleep(5000)
      } else {
        break
      }
    }
    state.withLock { state in
      close(descriptor)
      state.descriptor = -1
      state.isHungUp = false
    }
  }

  private static func put(_ bytes: [UInt8], _ descriptor: CInt) {
    guard !bytes.isEmpty else { return }
    if unsafe send(descriptor, bytes, bytes.count, CInt(MSG_NOSIGNAL)) < 0, errno == ENOTSOCK {
      _ = unsafe write(descriptor, bytes, bytes.count)
    }
  }
}
