import COpenSSL

/// An odd modulus with what Montgomery multiplication needs of it, worked out once.
///
/// `@unchecked Sendable`: the context is never written after `init`, and OpenSSL only reads it.
package final class OddModulus: @unchecked Sendable {
  package let number: BigNumber
  let montgomery: OpaquePointer

  /// - Parameter number: odd. Montgomery's form, and with it the constant-time power, exists for no other.
  package init(_ number: BigNumber) {
    precondition(BN_is_odd(number.storage.pointer) == 1)
    guard let montgomery = BN_MONT_CTX_new(), let context = BN_CTX_new() else { outOfMemory() }
    defer { BN_CTX_free(context) }
    guard BN_MONT_CTX_set(montgomery, number.storage.pointer, context) == 1 else { outOfMemory() }
    self.number = number
    self.montgomery = montgomery
  }

  deinit { BN_MONT_CTX_free(montgomery) }
}
