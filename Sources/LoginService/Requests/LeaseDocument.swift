import Cognito
import LoginProtocol
import SystemSupport

/// A lease's tokens as the JSON text that collectors read. Written into one buffer, which is wiped.
struct LeaseDocument {
  /// nil when the tokens are larger than a frame takes.
  let bytes: SecretBytes?

  init(_ lease: Leases.Lease, pool: LoginConfiguration.Pool) {
    let tokens = lease.tokens
    // The pool's name for the person, the `sub` and the name of the login are three things.
    let plain: [(String, String?)] = [
      ("client_id", pool.clientID), ("device_key", tokens.deviceKey), ("endpoint", pool.endpoint),
      ("issuer", pool.issuer), ("login_name", lease.owner.text), ("region", pool.region),
      ("subject", tokens.subject), ("user_pool_id", pool.userPoolID), ("username", tokens.username),
    ]
    let moments: [(String, Int64)] = [
      ("access_expires_at", tokens.accessExpiresAt), ("id_expires_at", tokens.idExpiresAt),
    ]
    let secret: [(String, Secret?)] = [
      ("access_token", tokens.accessToken), ("id_token", tokens.idToken), ("refresh_token", tokens.refreshToken),
    ]
    var text: [UInt8] = []
    // In full at first, so that growing leaves no copies behind. Tokens are base64 and dots: nothing of them is escaped.
    text.reserveCapacity(4096 + secret.reduce(0) { $0 + ($1.1?.count ?? 0) })
    defer { wipe(&text) }
    // For collectors of earlier versions: the end of the first of the two.
    text.append(contentsOf: "{\"expires_at\":\(min(tokens.accessExpiresAt, tokens.idExpiresAt))".utf8)
    for (name, value) in moments { text.append(contentsOf: ",\"\(name)\":\(value)".utf8) }
    if tokens.newDevice != nil { text.append(contentsOf: ",\"owns_device\":true".utf8) }
    for case (let name, let value?) in plain {
      text.append(contentsOf: ",\"\(name)\":".utf8)
      text.append(contentsOf: JSONValue.string(value).serialized())
    }
    for case (let name, let value?) in secret {
      guard value.withBytes({ $0.allSatisfy(Self.isTokenByte) }) else {
        bytes = nil
        return
      }
      text.append(contentsOf: ",\"\(name)\":\"".utf8)
      value.withBytes { text.append(contentsOf: $0) }
      text.append(UInt8(ascii: "\""))
    }
    text.append(UInt8(ascii: "}"))
    bytes = text.count <= 61_440 ? SecretBytes(text) : nil
  }

  private static func isTokenByte(_ byte: UInt8) -> Bool {
    (0x21...0x7e).contains(byte) && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
  }
}
