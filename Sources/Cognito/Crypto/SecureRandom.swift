import COpenSSL

/// Random bytes fit for keys.
package enum SecureRandom {
  package static func bytes(_ count: Int) -> [UInt8] {
    var output = [UInt8](repeating: 0, count: count)
    // Without entropy every secret would be guessable: stopping is the only safe answer.
    precondition(RAND_bytes(&output, Int32(count)) == 1, "no random numbers from the system")
    return output
  }
}
