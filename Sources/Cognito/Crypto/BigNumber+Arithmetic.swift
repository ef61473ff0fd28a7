import COpenSSL

extension BigNumber {
  /// base ^ exponent mod modulus, in time that depends on the lengths alone.
  package static func modExp(_ base: BigNumber, _ exponent: BigNumber, _ modulus: OddModulus) -> BigNumber {
    compute { result, context in
      BN_mod_exp_mont_consttime(
        result, base.storage.pointer, exponent.storage.pointer, modulus.number.storage.pointer, context,
        modulus.montgomery)
    }
  }

  package func adding(_ other: BigNumber) -> BigNumber {
    Self.compute { result, _ in BN_add(result, storage.pointer, other.storage.pointer) }
  }

  package func multiplying(by other: BigNumber) -> BigNumber {
    Self.compute { result, context in BN_mul(result, storage.pointer, other.storage.pointer, context) }
  }

  /// (self - other) mod modulus, never negative.
  package func subtracting(_ other: BigNumber, modulo modulus: BigNumber) -> BigNumber {
    Self.compute { result, context in
      BN_mod_sub(result, storage.pointer, other.storage.pointer, modulus.storage.pointer, context)
    }
  }

  /// (self + other) mod modulus.
  package func adding(_ other: BigNumber, modulo modulus: BigNumber) -> BigNumber {
    Self.compute { result, context in
      BN_mod_add(result, storage.pointer, other.storage.pointer, modulus.storage.pointer, context)
    }
  }

  /// (self × other) mod modulus.
  package func multiplying(by other: BigNumber, modulo modulus: BigNumber) -> BigNumber {
    Self.compute { result, context in
      BN_mod_mul(result, storage.pointer, other.storage.pointer, modulus.storage.pointer, context)
    }
  }

  package func reduced(modulo modulus: BigNumber) -> BigNumber {
    Self.compute { result, context in
      BN_nnmod(result, storage.pointer, modulus.storage.pointer, context)
    }
  }

  /// Runs one operation of OpenSSL that writes its result into a new number.
  static func compute(_ operation: (OpaquePointer, OpaquePointer) -> Int32) -> BigNumber {
    guard let context = BN_CTX_secure_new() else { outOfMemory() }
    defer { BN_CTX_free(context) }
    let storage = Storage()
    // The operands are checked before: what is left to fail is memory.
    guard operation(storage.pointer, context) == 1 else { outOfMemory() }
    return BigNumber(storage)
  }
}
