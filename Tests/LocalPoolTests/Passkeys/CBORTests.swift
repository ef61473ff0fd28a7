import Cognito
import LocalPool
import TestSupport
import Testing

@Suite("reading what authenticators write")
struct CBORTests {
  private func decode(_ hex: String) -> CBOR? { try? CBORDecoder.decode(Hex.decode(hex) ?? []) }

  @Test("values in their shortest form are read (RFC 8949, appendix A)")
  func values() {
    #expect(decode("00") == .int(0) && decode("17") == .int(23) && decode("1818") == .int(24))
    #expect(decode("1903e8") == .int(1000) && decode("1a000f4240") == .int(1_000_000))
    #expect(decode("1b000000e8d4a51000") == .int(1_000_000_000_000))
    #expect(decode("20") == .int(-1) && decode("3903e7") == .int(-1000))
    #expect(decode("1b7fffffffffffffff") == .int(.max) && decode("3b7fffffffffffffff") == .int(.min))
    #expect(decode("f4") == .bool(false) && decode("f5") == .bool(true) && decode("f6") == .null)
    #expect(decode("4401020304") == .bytes([1, 2, 3, 4]) && decode("62c3bc") == .text("ü"))
    #expect(decode("83010203") == .array([.int(1), .int(2), .int(3)]))
    #expect(decode("a201020304") == .map([.int(1): .int(2), .int(3): .int(4)]))
  }

  @Test(
    "what has another form, or an end too soon or too late, is refused",
    arguments: [
      "", "18", "1817", "190017", "1900ff", "1a0000ffff", "1b00000000ffffffff", "1bffffffffffffffff",
      "3bffffffffffffffff", "1c", "1f", "5f4100ff", "9f00ff", "bf0000ff", "ff", "44010203", "61", "62c328",
      "8201", "a101", "a201020103", "c100", "f7", "f820", "f93c00", "fa47c35000", "fb3ff199999999999a", "0000",
      "9affffffff", "5b7fffffffffffffff", "bbffffffffffffffff", "818181818100", "a1a1a1a1a1000000000000",
    ])
  func refused(hex: String) {
    #expect(decode(hex) == nil)
  }

  @Test("four levels are read")
  func depth() {
    #expect(decode("8181818100") != nil)
  }

  @Test("every beginning of authenticator data is refused, the whole is read")
  func authenticatorData() throws {
    let key = SigningKey(.p256).cose
    let whole =
      Digest.sha256(Array("example.com".utf8)) + [0xC5, 0, 0, 1, 2] + [UInt8](repeating: 7, count: 16) + [
        0, 3, 1, 2, 3,
      ]
      + key + [0xA0]
    let data = try AuthenticatorData(whole)
    #expect(data.signCount == 258 && data.flags.contains([.userPresent, .userVerified, .extensions]))
    #expect(data.credential?.id == [1, 2, 3] && data.credential?.publicKey == key)
    #expect(data.credential?.aaguid == [UInt8](repeating: 7, count: 16))
    for count in 0..<whole.count {
      #expect(throws: WebAuthnFailure.self) { try AuthenticatorData(Array(whole.prefix(count))) }
    }
    #expect(throws: WebAuthnFailure.self) { try AuthenticatorData(whole + [0]) }
    // Extension outputs are a map.
    #expect(throws: WebAuthnFailure.self) { try AuthenticatorData(Array(whole.dropLast()) + [0x00]) }
  }
}
