import Logging
import NIOCore

/// What a link says about itself: in the log each change once, on the board always the present.
extension SignalKLink {
  mutating func connected(to endpoint: SignalKEndpoint, hello: SignalKHello) {
    report.connected()
    lastWait = nil
    let outage = board.connected(to: endpoint.description)
    var metadata: Logger.Metadata = [
      "server": "\(endpoint)", "name": "\(hello.name ?? "unnamed")",
      "version": "\(hello.version)", "self": "\(hello.vessel ?? "unknown")",
    ]
    if let outage { metadata["outage_seconds"] = "\(max(0, outage) / 1_000_000_000)" }
    logger.notice("Connected to Signal K", metadata: metadata)
  }

  mutating func tell(_ error: SignalKError, delay: Duration) {
    board.failed(error, missed: mailbox.missed)
    lastWait = nil
    guard report.failed("\(error)", at: Int64(NIODeadline.now().uptimeNanoseconds)) else { return }
    logger.warning(
      "Not connected to Signal K",
      metadata: [
        "reason": "\(error)", "next_try_seconds": "\((delay.seconds * 10).rounded() / 10)",
        "missed_updates": "\(mailbox.missed)",
      ])
  }

  mutating func tell(_ wait: AccessWait, at endpoint: SignalKEndpoint) {
    report.connected()
    let text = wait.text(at: endpoint)
    board.waits(for: wait, advice: text, server: endpoint.description)
    guard wait != lastWait else { return }
    lastWait = wait
    logger.warning("\(text)", metadata: ["server": "\(endpoint)"])
  }

  mutating func tell(_ status: LoginStatus, at endpoint: SignalKEndpoint) {
    let warning = status.warning(at: endpoint, access: configuration.access)
    defer { lastWarning = warning }
    board.learned(mayWrite: status.mayWrite, warning: warning)
    guard warning != lastWarning else { return }
    if let warning {
      logger.warning("\(warning)", metadata: ["server": "\(endpoint)"])
    } else if status == .mayWrite {
      logger.notice("The server keeps what we send now", metadata: ["server": "\(endpoint)"])
    }
  }
}
