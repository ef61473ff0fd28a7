import Cognito
import TokenCache

extension Profile {
  /// The app client that this profile names.
  /// - Parameters:
  ///   - timeout: for one call, all attempts included: git and docker wait for it
  ///   - keys: the pool's signing keys; `nil` for those that it publishes
  /// - Throws: ``CognitoError`` for settings that can't be right, a missing client secret file included.
  package func client(timeout: Duration = .seconds(30), keys: (any KeySource)? = nil) throws -> UserPoolClient {
    let pool = try UserPool(id: userPoolID, region: region, endpoint: endpoint, issuer: issuer)
    let transport = CurlTransport(.init(caFile: caFile))
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
      content = try TrustedFile.read(path, maximumBytes: 1024, isSecret: true)
    } catch {
      throw CognitoError(.invalidConfiguration, "The client secret file \(path) \(error).")
    }
    guard var bytes = content else {
      throw CognitoError(.invalidConfiguration, "The client secret file \(path) doesn't exist.")
    }
    defer { bytes.withUnsafeMutableBytes { explicitWipe($0) } }
    let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 }
    guard let first = bytes.firstIndex(where: { !isBlank($0) }), let last = bytes.lastIndex(where: { !isBlank($0) })
    else { throw CognitoError(.invalidConfiguration, "The client secret file \(path) is empty.") }
    return Secret(bytes: bytes[first...last])
  }
}
