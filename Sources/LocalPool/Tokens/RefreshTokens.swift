import Cognito
import FoundationEssentials

/// Refresh tokens: opaque to clients, known to the store by their hash alone.
package enum RefreshTokens {
  /// Looks like Cognito's (an encrypted JWT, RFC 7516), so that clients which peek at the first part find what they expect.
  private static let header = Base64.encodeURL(Array(#"{"cty":"JWT","enc":"A256GCM","alg":"RSA-OAEP"}"#.utf8))
  private static let label = "refresh-token"

  /// A new token. Sealed in it is the sign-in it comes from, so that the pool can tell a revoked token, which is no longer
  /// in the store, from one that never was.
  package static func make(originJti: String, _ context: PoolContext) -> String {
    let sealed = context.sealer.seal(Array(originJti.utf8), label: label)
    let parts = [context.random.bytes(48), Array(sealed.prefix(12)), Array(sealed.dropFirst(12).dropLast(16))]
    return ([header] + (parts + [Array(sealed.suffix(16))]).map { Base64.encodeURL($0) }).joined(separator: ".")
  }

  /// The sign-in that a token of ours comes from; nil for anything else.
  package static func originJti(of token: String, _ context: PoolContext) -> String? {
    let parts = token.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 5, parts[0] == header else { return nil }
    let sealed = parts.dropFirst(2).compactMap { Base64.decodeURL($0) }
    guard sealed.count == 3 else { return nil }
    return context.sealer.open(Array(sealed.joined()), label: label).flatMap { String(validating: $0, as: UTF8.self) }
  }

  package static func hash(_ token: String) -> [UInt8] {
    Digest.sha256(Array(token.utf8))
  }

  /// The record of a new token.
  ///
  /// - Parameter expiresAt: nil for the client's full lifetime from now.
  package static func record(
    of token: String, _ grant: TokenGrant, expiresAt: Date? = nil, _ context: PoolContext
  ) -> RefreshTokenRecord {
    let now = context.clock.now
    var record = RefreshTokenRecord(
      hash: hash(token), poolID: grant.pool.id, clientID: grant.client.id, userID: grant.user.id,
      originJti: grant.originJti, deviceKey: grant.deviceKey, scope: grant.scopes.joined(separator: " "),
      authTime: Date(timeIntervalSince1970: Double(grant.authTime)), createdAt: now,
      expiresAt: expiresAt ?? now.addingTimeInterval(Double(grant.client.settings.refreshTokenSeconds)))
    record.strength = grant.strength
    return record
  }
}
