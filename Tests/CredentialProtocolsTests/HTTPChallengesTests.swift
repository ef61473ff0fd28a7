import CredentialProtocols
import Testing

@Suite("what a server offers")
struct HTTPChallengesTests {
  private func schemes(_ fields: String...) -> [String] {
    var challenges = HTTPChallenges()
    for field in fields { challenges.add(bytes(field)[...]) }
    return challenges.schemes
  }

  @Test(
    "the schemes of a field, whatever else is in it",
    arguments: [
      (#"Basic realm="Git""#, ["basic"]),
      ("Bearer", ["bearer"]),
      ("bEaReR", ["bearer"]),
      (#"Bearer realm="x", error="invalid_token""#, ["bearer"]),
      (#"Basic realm="a", Bearer realm="b", scope="c""#, ["basic", "bearer"]),
      (#"Newauth realm="apps", type=1, title="Login to \"apps\"", Basic realm="simple""#, ["newauth", "basic"]),
      (#"Basic realm="Bearer, Bearer x""#, ["basic"]),
      (#"Basic realm="a\", Bearer b""#, ["basic"]),
      (#"Basic realm="a\\", Bearer"#, ["basic", "bearer"]),
      (#"Basic realm = "x" , Bearer"#, ["basic", "bearer"]),
      ("Negotiate YIIJvwYGKwYBBQUCoIIJ==, Basic realm=x", ["negotiate", "basic"]),
      (",, ,Basic,,\tBearer ,", ["basic", "bearer"]),
      (#"realm="x", Bearer"#, ["bearer"]),
      ("Bearer=x", []),
      ("Bearer =x", []),
      ("Bear er", ["bear"]),
      ("Bearer/1.0", []),
      (#""Bearer""#, []),
      ("", []),
      ("   ", []),
      (#"Basic realm="x, Bearer"#, ["basic"]),
      ("Б Bearer", []),
    ])
  func field(_ value: String, _ expected: [String]) { #expect(schemes(value) == expected) }

  @Test("every field counts")
  func fields() { #expect(schemes(#"Basic realm="a""#, "Bearer", "Basic") == ["basic", "bearer", "basic"]) }

  @Test("bytes that are no text, and long fields, do no harm")
  func hostile() {
    var challenges = HTTPChallenges()
    challenges.add([0xff, 0x2c, 0x42, 0x61, 0x73, 0x69, 0x63, 0x2c, 0xc3][...])
    #expect(challenges.schemes == ["basic"])
    challenges.add([UInt8](repeating: UInt8(ascii: ","), count: 65_000)[...])
    challenges.add([UInt8](repeating: UInt8(ascii: "\\"), count: 65_000)[...])
    challenges.add([UInt8](repeating: UInt8(ascii: "\""), count: 65_001)[...])
    #expect(challenges.schemes == ["basic"])
  }
}
