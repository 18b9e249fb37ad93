/// Which certificates of a server are good enough for an encrypted connection.
package enum SignalKTrust: Hashable, Sendable {
  /// Those that the system trusts, for the name that was asked for.
  case system
  /// This one and no other, whoever signed it and whatever name and dates stand in it.
  ///
  /// A Signal K server makes itself a certificate for `localhost`, which no system trusts.
  case pinned(CertificateFingerprint)
  /// Whatever certificate comes first; it is remembered here, and from then on it is this one.
  case firstUse(SignalKStateFile)
}
