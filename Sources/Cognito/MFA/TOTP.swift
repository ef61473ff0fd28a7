import FoundationEssentials
import SystemSupport

/// Time-based one-time passwords (RFC 6238): HMAC-SHA1, 30 seconds, 6 digits, as authenticator apps and Cognito
/// have them.
public struct TOTP: Sendable {
  /// How long one code stays the same.
  public static let period: Duration = .seconds(30)
  package static let periodSeconds: Int64 = 30

  private let key: Secret

  /// - Parameter base32: the shared secret as AssociateSoftwareToken gives it; spaces, padding and lower case are
  ///   allowed.
  /// - Returns: `nil` when the text is not base 32 or holds no byte.
  public init?(base32: String) {
    guard let bytes = Base32.decode(base32), !bytes.isEmpty else { return nil }
    key = Secret(bytes: bytes)
  }

  package init(key: Secret) {
    self.key = key
  }

  /// The code at a moment.
  ///
  /// - Parameter moment: by the clock of the service.
  public func code(at moment: Date) -> String {
    code(unixSeconds: Int64(moment.timeIntervalSince1970.rounded(.down)))
  }

  /// The code at a moment in seconds since 1970.
  package func code(unixSeconds: Int64) -> String {
    code(counter: UInt64(bitPattern: unixSeconds.quotientAndRemainder(dividingBy: Self.periodSeconds).quotient))
  }

  /// The code for a counter value (RFC 4226).
  package func code(counter: UInt64) -> String {
    let message = (0..<8).map { UInt8(truncatingIfNeeded: counter >> (56 - 8 * $0)) }
    var keyBytes = key.bytes
    defer { wipe(&keyBytes) }
    let mac = HMAC.sha1(key: keyBytes, message)
    let offset = Int(mac[19] & 15)
    var value = UInt32(mac[offset] & 0x7f)
    for byte in mac[(offset + 1)...(offset + 3)] { value = value << 8 | UInt32(byte) }
    let digits = String(value % 1_000_000)
    return String(repeating: "0", count: 6 - digits.utf8.count) + digits
  }
}
