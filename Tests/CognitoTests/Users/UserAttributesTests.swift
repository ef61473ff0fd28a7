import Cognito
import Testing

@Suite("User attributes")
struct UserAttributesTests {
  @Test("a value that looks like a truth value stays text")
  func noGuessing() throws {
    let attributes = try UserAttributes(
      wire: [["Name": "nickname", "Value": "true"], ["Name": "custom:flag", "Value": "false"]])
    #expect(attributes[.nickname] == "true")
    #expect(attributes[.custom("flag")] == "false")
    #expect(attributes.bool(.custom("flag")) == false)
    #expect(attributes.bool("custom:other") == nil)
  }

  @Test("standard attributes have types")
  func typed() {
    let attributes: UserAttributes = [
      .email: "a@example.com", .emailVerified: "true", .phoneNumberVerified: "TRUE", .updatedAt: "17",
    ]
    #expect(attributes.email == "a@example.com")
    #expect(attributes.isEmailVerified)
    #expect(!attributes.isPhoneNumberVerified)
    #expect(attributes.integer(.updatedAt) == 17)
    #expect(attributes.integer(.email) == nil)
  }

  @Test("the wire form is sorted and comes back the same")
  func roundTrip() throws {
    var attributes: UserAttributes = ["custom:b": "2", .email: "e"]
    attributes.set("custom:a", to: true)
    attributes.set("custom:n", to: 7)
    #expect(
      try attributes.wire() == [
        ["Name": "custom:a", "Value": "true"], ["Name": "custom:b", "Value": "2"], ["Name": "custom:n", "Value": "7"],
        ["Name": "email", "Value": "e"],
      ])
    #expect(try UserAttributes(wire: attributes.wire()) == attributes)
  }

  @Test("only changes are sent: new attributes too, and never what the service alone writes")
  func changes() {
    let old: UserAttributes = [.sub: "1", .email: "a", .identities: "[]", .name: "N", .nickname: "x"]
    var new = old
    new[.email] = "b"
    new[.custom("team")] = "blue"
    new[.nickname] = nil
    new[.identities] = "[{}]"
    new[.sub] = nil
    let changes = new.changes(from: old)
    let (updated, deleted) = (changes.updated, changes.deleted)
    #expect(updated == [.email: "b", .custom("team"): "blue"])
    #expect(deleted == [.nickname])
  }

  @Test("what no pool accepts is refused before it is sent")
  func limits() throws {
    let long: UserAttributes = [.name: String(repeating: "ä", count: 2049)]
    #expect(throws: CognitoError(.invalidInput, "")) { try long.wire() }
    let fits: UserAttributes = [.name: String(repeating: "ä", count: 2048)]
    #expect(throws: Never.self) { try fits.wire() }
    for name in ["", "a b", "a\n", "a\u{85}"] {
      let bad: UserAttributes = [UserAttribute(rawValue: name): "x"]
      #expect(throws: CognitoError(.invalidInput, "")) { try bad.wire() }
    }
  }

  @Test(
    "a malformed list is an error", arguments: ["text", [["Value": "x"]], [["Name": "a", "Value": 1]]] as [JSONValue])
  func malformed(_ wire: JSONValue) {
    #expect(throws: CognitoError(.malformedResponse, "")) { try UserAttributes(wire: wire) }
  }

  @Test("no list and no value are no attributes and an empty text")
  func absent() throws {
    #expect(try UserAttributes(wire: nil).isEmpty)
    #expect(try UserAttributes(wire: [["Name": "a"]]) == ["a": ""])
  }

  private struct Employee: Decodable, Equatable {
    var email: String
    var isVerified: Bool
    var level: Int
    var nickname: String?
    enum CodingKeys: String, CodingKey {
      case email
      case isVerified = "email_verified"
      case level = "custom:level"
      case nickname
    }
  }

  @Test("a type of the caller's is decoded by its own types and names")
  func decoded() throws {
    var attributes: UserAttributes = [.email: "a", .emailVerified: "true", .custom("level"): "7", .name: "x"]
    #expect(
      try attributes.decoded(as: Employee.self) == Employee(email: "a", isVerified: true, level: 7, nickname: nil))
    attributes[.nickname] = "true"
    #expect(try attributes.decoded(as: Employee.self).nickname == "true")
    #expect(try attributes.decoded(as: [String: String].self)["custom:level"] == "7")
  }

  @Test("a text that isn't what the type says is an error", arguments: ["seven", "7.5", "", "99999999999999999999"])
  func undecodable(_ level: String) {
    let attributes: UserAttributes = [.email: "a", .emailVerified: "true", .custom("level"): level]
    #expect(throws: DecodingError.self) { try attributes.decoded(as: Employee.self) }
    #expect(throws: DecodingError.self) { try attributes.decoded(as: Int.self) }
  }

  @Test("a missing attribute is an error that names it")
  func missing() {
    let attributes: UserAttributes = [.email: "a"]
    #expect(throws: DecodingError.self) { try attributes.decoded(as: Employee.self) }
  }
}
