// Signing keys that come by the program's own way, such as a file that another process keeps fresh.

import Cognito
import Synchronization

final class PublishedKeys: KeySource {
  private let text: @Sendable () throws -> [UInt8]
  private let kept = Mutex<JWKS?>(nil)

  /// - Parameter text: the key set in JSON.
  init(_ text: @escaping @Sendable () throws -> [UInt8]) { self.text = text }

  func key(kid: String) async throws(CognitoError) -> JWK? {
    if let key = kept.withLock({ $0?[kid] }) { return key }
    let fresh: JWKS
    do {
      fresh = try JWKS(json: text())
    } catch let error as CognitoError {
      throw error
    } catch {
      throw CognitoError(.unreachable, "The file of keys can't be read.")
    }
    kept.withLock { $0 = fresh }
    return fresh[kid]
  }
}
