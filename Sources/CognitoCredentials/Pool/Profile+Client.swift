import Cognito
import SystemSupport
import TokenCache

extension Profile {
  /// The app client that this profile names.
  /// - Parameters:
  ///   - program: what the user's list of sessions calls who asks
  ///   - timeout: for one call, all attempts included: git and docker wait for it
  ///   - keys: the pool's signing keys; `nil` for those that it publishes
  /// - Throws: ``CognitoError`` for settings that can't be right, a missing client secret file included.
  package func client(
    program: String = "cognito", timeout: Duration = .seconds(30), keys: (any KeySource)? = nil
  ) throws -> UserPoolClient {
    let pool = try UserPool(id: userPoolID, region: region, endpoint: endpoint, issuer: issuer)
    let transport = CurlTransport(.init(caFile: caFile, userAgent: .thisMachine(program: program)))
    return try UserPoolClient(
      pool: pool, clientID: clientID, clientSecret: try clientSecret(), transport: transport,
      settings: .init(
        timeout: timeout, attemptTimeout: min(timeout, .seconds(8)), triggerTimeout: min(timeout, .seconds(20))),
      keys: keys)
  }

  private func clientSecret() throws -> Secret? {
    guard let path = clientSecretFile else { return nil }
    let content: [UInt8]?
    do throws(TrustedFile.Failure) {
      content = try TrustedFile.read(path, maximumBytes: 1024, readers: .owner)
    } catch {
      throw CognitoError(.invalidConfiguration, "The client secret file \(path) \(error)")
    }
    guard var bytes = content else {
      throw CognitoError(.invalidConfiguration, "The client secret file \(path) doesn't exist.")
    }
    defer { wipe(&bytes) }
    guard let secret = PoolRules.clientSecret(in: bytes) else {
      throw CognitoError(.invalidConfiguration, "The client secret file \(path) holds no secret, or more than one.")
    }
    return Secret(bytes: secret)
  }
}
