import Cognito
import TestSupport
import Testing

@Suite("Hashes, codes and keys")
struct CryptoTests {
  @Test("padding as Java's BigInteger does it", arguments: Vectors.cognito.list("pad_examples"))
  func padding(_ vector: JSONValue) throws {
    let hex = try #require(vector[0]?.string)
    let number = try #require(BigNumber(hex: hex))
    #expect(Hex.encode(number.padded) == vector[1]?.string)
  }

  @Test("SECRET_HASH", arguments: Vectors.cognito.list("secret_hash"))
  func secretHash(_ vector: JSONValue) {
    let hash = SecretHash.compute(
      username: vector.text("username"), clientID: vector.text("client_id"),
      clientSecret: Secret(utf8: vector.text("client_secret")))
    #expect(hash == vector.text("secret_hash"))
  }

  @Test("TOTP", arguments: Vectors.cognito.list("totp"))
  func totp(_ vector: JSONValue) throws {
    let totp = try #require(TOTP(base32: vector.text("secret_base32")))
    let time = try #require(vector["time"]?.int)
    #expect(totp.code(unixSeconds: time) == vector.text("code"))
  }

  @Test("HKDF, RFC 5869 test case 1 and 3")
  func hkdf() throws {
    let key = [UInt8](repeating: 0x0b, count: 22)
    let first = HKDF.sha256(
      inputKey: key, salt: try #require(Hex.decode("000102030405060708090a0b0c")),
      info: try #require(Hex.decode("f0f1f2f3f4f5f6f7f8f9")), count: 42)
    #expect(
      Hex.encode(first) == "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865")
    let third = HKDF.sha256(inputKey: key, salt: [], info: [], count: 42)
    #expect(
      Hex.encode(third) == "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8")
  }

  @Test("HMAC-SHA256, RFC 4231 test case 2")
  func hmac() {
    let mac = HMAC.sha256(key: Array("Jefe".utf8), Array("what do ya want ".utf8), Array("for nothing?".utf8))
    #expect(Hex.encode(mac) == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
  }

  @Test(
    "base 64 decodes one text for one value",
    arguments: [
      ("", ""), ("Zg==", "66"), ("Zm8=", "666f"), ("Zm9v", "666f6f"), ("+/+/", "fbffbf"),
    ])
  func base64(_ text: String, _ hex: String) {
    #expect(Base64.decode(text).map(Hex.encode) == hex)
    #expect(Hex.decode(hex).map(Base64.encode) == text)
  }

  @Test(
    "base 64 refuses what is not canonical", arguments: ["Zg", "Zg=", "Zh==", "Zm9v\n", "Z===", "====", "-_-_", "Zm 9"])
  func base64Refused(_ text: String) {
    #expect(Base64.decode(text) == nil)
  }

  @Test("URL-safe base 64 refuses padding and stray bits")
  func base64URL() {
    #expect(Base64.decodeURL("-_-_") == [0xfb, 0xff, 0xbf])
    #expect(Base64.encodeURL([0xfb, 0xff, 0xbf, 0x01]) == "-_-_AQ")
    #expect(Base64.decodeURL("AQ==") == nil)
    #expect(Base64.decodeURL("AR") == nil)
    #expect(Base64.decodeURL("A") == nil)
    #expect(Base64.decodeLenient("-_-_AQ==") == [0xfb, 0xff, 0xbf, 0x01])
    #expect(Base64.decodeLenient("+/+/AQ") == [0xfb, 0xff, 0xbf, 0x01])
  }

  @Test("base 32, RFC 4648 and typed by a person")
  func base32() {
    #expect(Base32.encode(Array("foobar".utf8)) == "MZXW6YTBOI")
    #expect(Base32.decode("mzxw 6ytb oi======") == Array("foobar".utf8))
    #expect(Base32.decode("MZXW1") == nil)
  }

  @Test("numbers are read as hexadecimal digits and nothing else", arguments: ["", "0x1f", "-1", "1 ", "g", "١"])
  func numberRefused(_ text: String) {
    #expect(BigNumber(hex: text) == nil)
  }

  @Test("a number too long for any peer is refused")
  func numberTooLong() {
    #expect(BigNumber(hex: String(repeating: "f", count: BigNumber.maximumHexDigits + 1)) == nil)
  }

  @Test("leading zeros carry no meaning")
  func leadingZeros() throws {
    #expect(BigNumber(hex: "000abc")?.hex == "abc")
    #expect(BigNumber(hex: "0")?.hex == "0")
    #expect(BigNumber(hex: "0")?.bytes == [])
    #expect(BigNumber(0x10).subtracting(BigNumber(0x20), modulo: BigNumber(0x7f)).hex == "6f")
  }

  @Test("a secret shows nothing of itself")
  func secret() {
    let secret = Secret(utf8: "hunter2")
    #expect("\(secret) \(String(reflecting: secret)) \(String(describing: [secret]))" == "<secret> <secret> [<secret>]")
    var dumped = ""
    dump(secret, to: &dumped)
    #expect(!dumped.contains("hunter2"))
    #expect(secret.revealed() == "hunter2")
    #expect(secret == Secret(utf8: "hunter2"))
    #expect(secret != Secret(utf8: "hunter3"))
  }
}
