import Cognito
import LoginProtocol

/// A lease's tokens as the JSON text that collectors read. Written into one buffer, which is wiped.
struct LeaseDocument {
  /// nil when the tokens are larger than a frame takes.
  let bytes: SecretBytes?

  init(_ lease: Leases.Lease, pool: LoginConfiguration.Pool) {
    let tokens = lease.tokens
    let plain: [(String, String?)] = [
      ("client_id", pool.clientID), ("device_key", tokens.deviceKey), ("endpoint", pool.endpoint),
      ("issuer", pool.issuer), ("region", pool.region), ("user_pool_id", pool.userPoolID),
      ("username", lease.owner.text),
    ]
    let secret: [(String, Secret?)] = [
      ("access_token", tokens.accessToken), ("id_token", tokens.idToken), ("refresh_token", tokens.refreshToken),
    ]
    var text: [UInt8] = []
    // In full at first, so that growing leaves no copies behind. Tokens are base64 and dots: nothing of them is escaped.
    text.reserveCapacity(4096 + secret.reduce(0) { $0 + ($1.1?.count ?? 0) })
    defer { FrameEncoder.wipe(&text) }
    text.append(contentsOf: "{\"expires_at\":\(tokens.expiresAt)".utf8)
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
