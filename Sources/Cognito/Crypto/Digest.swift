import COpenSSL

/// Hash functions (FIPS 180-4) on OpenSSL.
package enum Digest {
  /// SHA-256 over the parts one after the other.
  package static func sha256(_ parts: [UInt8]...) -> [UInt8] {
    hash(parts, EVP_sha256(), size: 32)
  }

  package static func hash(_ parts: [[UInt8]], _ algorithm: OpaquePointer?, size: Int) -> [UInt8] {
    guard let context = EVP_MD_CTX_new() else { outOfMemory() }
    defer { EVP_MD_CTX_free(context) }
    var output = [UInt8](repeating: 0, count: size)
    var ok = EVP_DigestInit_ex(context, algorithm, nil) == 1
    for part in parts where ok {
      ok = EVP_DigestUpdate(context, part, part.count) == 1
    }
    ok = ok && EVP_DigestFinal_ex(context, &output, nil) == 1
    // A hash of memory can only fail when the provider is missing: nothing that we compute would be true any more.
    precondition(ok, "OpenSSL has no working hash provider")
    return output
  }
}

/// Ends the process: OpenSSL could not allocate, and no caller could do anything sensible either.
package func outOfMemory() -> Never {
  preconditionFailure("out of memory in libcrypto")
}
