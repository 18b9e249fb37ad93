/// Why a server does not let us in yet, and what its administrator can do about it.
package enum AccessWait: Hashable, Sendable {
  /// Our request waits for a decision.
  case approval
  /// A request in our name waits, and how to ask about it was lost.
  case earlierRequest
  /// The administrator said no.
  case denied
  /// The server takes no requests of devices.
  case requestsOff
  /// The server has no time for us.
  case busy(String)

  /// One line for people: what is, and where to click.
  func text(at endpoint: SignalKEndpoint) -> String {
    switch self {
    case .approval:
      """
      Asked the Signal K server for access; approve the request with Read/Write at \
      \(endpoint.adminPage("security/access/requests"))
      """
    case .earlierRequest:
      """
      An earlier request for access still waits at the Signal K server; approve or deny it at \
      \(endpoint.adminPage("security/access/requests"))
      """
    case .denied:
      """
      The Signal K server's administrator denied the request for access; nothing is published \
      there. Start Busbar again to ask once more
      """
    case .requestsOff:
      """
      The Signal K server takes no requests for access; switch on 'Allow New Device Registration' \
      at \(endpoint.adminPage("security/settings")), or put a token into a file
      """
    case .busy(let reason): "The Signal K server has no time for our request for access: \(reason)"
    }
  }
}
