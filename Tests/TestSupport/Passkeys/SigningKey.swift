import COpenSSL
import Cognito

/// A private key of an authenticator.
package final class SigningKey {
  package enum Kind {
    case p256
    case rsa
  }

  private let key: OpaquePointer?
  private let kind: Kind

  package init(_ kind: Kind) {
    self.kind = kind
    let context = EVP_PKEY_CTX_new_id(kind == .p256 ? EVP_PKEY_EC : EVP_PKEY_RSA, nil)
    defer { EVP_PKEY_CTX_free(context) }
    EVP_PKEY_keygen_init(context)
    if kind == .p256 {
      EVP_PKEY_CTX_set_ec_paramgen_curve_nid(context, NID_X9_62_prime256v1)
    } else {
      EVP_PKEY_CTX_set_rsa_keygen_bits(context, 2048)
    }
    var made: OpaquePointer?
    EVP_PKEY_generate(context, &made)
    key = made
  }

  deinit { EVP_PKEY_free(key) }

  package var algorithm: Int64 { kind == .p256 ? -7 : -257 }

  /// The public key in COSE's form.
  package var cose: [UInt8] {
    switch kind {
    case .p256: SigningKey.cose(x: number(OSSL_PKEY_PARAM_EC_PUB_X, 32), y: number(OSSL_PKEY_PARAM_EC_PUB_Y, 32))
    case .rsa:
      CBORText.map([
        (1, CBORText.int(3)), (3, CBORText.int(-257)), (-1, CBORText.bytes(number(OSSL_PKEY_PARAM_RSA_N, 256))),
        (-2, CBORText.bytes([1, 0, 1])),
      ])
    }
  }

  package static func cose(x: [UInt8], y: [UInt8]) -> [UInt8] {
    CBORText.map([
      (1, CBORText.int(2)), (3, CBORText.int(-7)), (-1, CBORText.int(1)), (-2, CBORText.bytes(x)),
      (-3, CBORText.bytes(y)),
    ])
  }

  package func sign(_ message: [UInt8]) -> [UInt8] {
    let context = EVP_MD_CTX_new()
    defer { EVP_MD_CTX_free(context) }
    EVP_DigestSignInit(context, nil, EVP_sha256(), nil, key)
    var length = 512
    var signature = [UInt8](repeating: 0, count: length)
    EVP_DigestSign(context, &signature, &length, message, message.count)
    return Array(signature.prefix(length))
  }

  private func number(_ name: String, _ count: Int32) -> [UInt8] {
    var number: OpaquePointer?
    EVP_PKEY_get_bn_param(key, name, &number)
    defer { BN_free(number) }
    var bytes = [UInt8](repeating: 0, count: Int(count))
    BN_bn2binpad(number, &bytes, count)
    return bytes
  }
}
