import Cognito
import Testing

@Suite("JSON")
struct JSONTests {
  private func parse(_ text: String) throws -> JSONValue { try JSONValue.parse(Array(text.utf8)) }

  @Test("values are read and written back")
  func roundTrip() throws {
    let text = #"{"a":[1,-2.5,true,false,null],"b":{"c":"é\"\\\n\u0001😀"},"z":9223372036854775807}"#
    let value = try parse(text)
    #expect(value["a"]?[1]?.double == -2.5)
    #expect(value["z"]?.int == .max)
    #expect(String(decoding: value.serialized(), as: UTF8.self) == text)
  }

  @Test("escapes, surrogate pairs and space")
  func escapes() throws {
    #expect(try parse(" \"\\u0041\\uD83D\\uDE00\\/\" \n").string == "A😀/")
    #expect(try parse("1.0").int == 1)
    #expect(try parse("1e3").int == 1000)
    #expect(try parse("18446744073709551616").double == 18446744073709551616)
    // Digits that don't fit in 64 bits are kept, and never let anything else into a text.
    for number in ["9223372036854775808", "-9223372036854775809", "123456789012345678901234567890"] {
      let value = try parse("[\(number)]")
      #expect(String(decoding: value.serialized(), as: UTF8.self) == "[\(number)]")
      #expect(value[0]?.int == nil && value[0]?.double == Double(number))
    }
    #expect(String(decoding: JSONValue.largeInt("1,2").serialized(), as: UTF8.self) == "null")
    let decoded = try JSONValue.object(["n": .largeInt("9223372036854775808")]).decoded(as: [String: UInt64].self)
    #expect(decoded == ["n": 9_223_372_036_854_775_808])
  }

  @Test(
    "what is not JSON is refused",
    arguments: [
      "", " ", "{", "[1,]", "{\"a\":1,}", "{a:1}", "01", "1.", ".5", "+1", "1e", "tru", "nul", "\"a", "\"\\x\"",
      "\"\\uD83D\"", "\"\\uDE00\"", "\"\\uD83Dx\"", "\"\n\"", "1 2", "{} {}", "{\"a\":1 \"b\":2}", "NaN", "1e999",
      "{\"a\":1,\"a\":2}", "'a'", "[1 2]", "\u{feff}{}",
    ])
  func refused(_ text: String) {
    #expect(throws: CognitoError(.malformedResponse, "")) { try parse(text) }
  }

  @Test("bad UTF-8, depth and length are refused")
  func bounds() {
    let refusal = CognitoError(.malformedResponse, "")
    #expect(throws: refusal) { try JSONValue.parse([0x22, 0xff, 0x22]) }
    #expect(throws: refusal) { try JSONValue.parse(Array(String(repeating: "[", count: 100_000).utf8)) }
    #expect(throws: refusal) { try JSONValue.parse(Array("[[[1]]]".utf8), maximumDepth: 2) }
    #expect(throws: refusal) { try JSONValue.parse(Array("[1,2,3]".utf8), maximumBytes: 6) }
  }

  @Test(
    "text that is not UTF-8 is refused, with and without an escape in the string",
    arguments: [
      [0xff], [0xc3], [0x80], [0xc0, 0xaf], [0xe0, 0x80, 0xaf], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80],
    ] as [[UInt8]])
  func notUTF8(_ bytes: [UInt8]) {
    for prefix in ["\"a", "\"\\n"] {
      let text = Array(prefix.utf8) + bytes + [UInt8(ascii: "\"")]
      #expect(throws: CognitoError(.malformedResponse, "")) { try JSONValue.parse(text) }
    }
  }

  @Test("a string with an escape keeps what stands before and after it")
  func escapeInTheMiddle() throws {
    #expect(try parse(#""grün\tund \u0062lau""#).string == "grün\tund blau")
    #expect(try parse(#"{"a\u0062":1}"#)["ab"]?.int == 1)
    #expect(throws: CognitoError(.malformedResponse, "")) { try parse(#"{"a\u0062":1,"ab":2}"#) }
    #expect(throws: CognitoError(.malformedResponse, "")) { try parse("\"a\\n\n\"") }
  }

  @Test("values decode to the caller's own type")
  func decodes() throws {
    struct Claims: Decodable, Equatable {
      let name: String
      let age: Int?
    }
    let value: JSONValue = ["name": "a", "age": 3]
    #expect(try value.decoded(as: Claims.self) == Claims(name: "a", age: 3))
  }
}
