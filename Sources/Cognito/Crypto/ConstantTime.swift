import COpenSSL

/// Compares without telling by the time taken where two values differ. The lengths are not secret.
package func constantTimeEquals(_ left: [UInt8], _ right: [UInt8]) -> Bool {
  left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
}
