/// The tokens of a Signal K server, and what it thinks of whoever shows one.
package struct StandInSecurity: Sendable {
  /// What a device may do.
  package enum Permission: String, Sendable {
    /// Nothing it sends is stored.
    case readonly
    /// The one that a gateway needs.
    case readwrite
    /// Everything.
    case admin
  }

  /// A device that was once approved.
  package struct Device: Hashable, Sendable {
    /// Its name for itself.
    package var clientId: String
    /// What the administrator gave it.
    package var permission: Permission

    /// An approved device.
    package init(clientId: String, permission: Permission) {
      self.clientId = clientId
      self.permission = permission
    }
  }

  /// Who somebody is.
  enum Visitor: Hashable {
    /// Security is off.
    case anybody
    case device(Device)
    /// No token; may read if the server allows that.
    case nobody(mayRead: Bool)
    /// A token that is worse than none.
    case refused(reason: String)

    var mayRead: Bool {
      switch self {
      case .anybody, .device: true
      case .nobody(let mayRead): mayRead
      case .refused: false
      }
    }

    var mayWrite: Bool {
      switch self {
      case .anybody: true
      case .device(let device): device.permission != .readonly
      case .nobody, .refused: false
      }
    }
  }

  /// Whether tokens matter.
  package var isOn: Bool
  /// Whether somebody without a token may read.
  package var isReadOnlyAccessAllowed: Bool
  /// The valid tokens.
  package var devices: [String: Device]
  /// Tokens that once were valid, with what the server says about them now.
  package var refusedTokens: [String: String]

  /// Security off, unless it is said otherwise.
  package init(
    isOn: Bool = false, isReadOnlyAccessAllowed: Bool = false, devices: [String: Device] = [:],
    refusedTokens: [String: String] = [:]
  ) {
    self.isOn = isOn
    self.isReadOnlyAccessAllowed = isReadOnlyAccessAllowed
    self.devices = devices
    self.refusedTokens = refusedTokens
  }

  func visitor(with token: String?) -> Visitor {
    guard isOn else { return .anybody }
    guard let token else { return .nobody(mayRead: isReadOnlyAccessAllowed) }
    guard let device = devices[token] else {
      return .refused(reason: refusedTokens[token] ?? "jwt malformed")
    }
    return .device(device)
  }
}
