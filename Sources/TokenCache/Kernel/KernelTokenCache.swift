/// Tokens in the kernel's user keyring: in memory only, gone with their expiry, one read of a few microseconds.
package struct KernelTokenCache: TokenCaching {
  private let keyring: any Keyring

  package init(keyring: any Keyring = KernelKeyring()) { self.keyring = keyring }

  package func token(_ kind: TokenKind, of profile: Profile, now: Int64) -> CachedToken? {
    guard let bytes = try? key(kind, profile).read(), let token = CachedToken(decoding: bytes), token.isUsable(at: now)
    else { return nil }
    return token
  }

  @discardableResult
  package func store(_ token: CachedToken, _ kind: TokenKind, of profile: Profile, now: Int64) -> Bool {
    guard let payload = token.encoded, payload.count <= SharedKey.maximumBytes, token.expiresAt > now else {
      // What can't be kept must not leave an older token in its place either.
      drop(kind, of: profile)
      return false
    }
    let lifetime = UInt32(clamping: token.expiresAt - now)
    do throws(KeyringError) {
      try key(kind, profile).write(payload, timeout: lifetime)
      return true
    } catch {
      return false
    }
  }

  @discardableResult
  package func drop(_ kind: TokenKind, of profile: Profile) -> Bool {
    (try? key(kind, profile).remove()) ?? false
  }

  private func key(_ kind: TokenKind, _ profile: Profile) -> SharedKey {
    SharedKey("cognito-login:\(kind.rawValue):\(profile.credentialID)", in: KernelKeyring.user, of: keyring)
  }
}
