import Cognito

/// Checks codes of RFC 6238 apps: the step before, the present and the next one are accepted, each step once.
package enum SoftwareTokenCheck {
  /// - Parameters:
  ///   - lastStep: the step of the last accepted code; this one and all before it are refused (RFC 6238 section 5.2).
  /// - Returns: the step that the code is of, to be stored; nil for a wrong or used code.
  package static func acceptedStep(code: String, secret: [UInt8], lastStep: Int64?, now: Int64) -> Int64? {
    guard code.utf8.count == 6, code.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    let totp = TOTP(key: Secret(bytes: secret))
    let present = now / TOTP.periodSeconds
    for step in [present, present - 1, present + 1] where step >= 0 && step > lastStep ?? -1 {
      let expected = totp.code(counter: UInt64(step))
      if constantTimeEquals(Array(expected.utf8), Array(code.utf8)) { return step }
    }
    return nil
  }
}
