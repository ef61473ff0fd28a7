import Cognito
import LoginProtocol
import LoginService
import Testing

@Suite("Which claim is the name")
struct LoginNameRuleTests {
  private static let uuid = "3f2b1c9e-0d4a-4b7e-9a51-2c6d8e0f1a2b"

  private func identity(_ username: String, _ claims: [String: JSONValue] = [:]) -> PoolIdentity {
    PoolIdentity(subject: Self.uuid, username: username, groups: [], claims: .object(claims))
  }

  private func match(
    _ rule: LoginNameRule, _ name: String, _ identity: PoolIdentity, poolUser: String? = nil
  ) throws -> LoginNameRule.Match {
    rule.match(identity, try login(name), poolUser: poolUser)
  }

  private func email(_ address: String, verified: JSONValue = true) -> [String: JSONValue] {
    ["email": .string(address), "email_verified": verified]
  }

  @Test("the pool is asked by the name itself, by its address, or by what it becomes in the one domain")
  func asked() throws {
    #expect(try LoginNameRule.username.poolUser(for: login("ada")) == "ada")
    #expect(try LoginNameRule(claim: .email).poolUser(for: login("ada@example.com")) == "ada@example.com")
    let one = LoginNameRule(claim: .email, emailDomains: ["example.com"])
    #expect(try one.poolUser(for: login("ada")) == "ada@example.com")
    #expect(try one.poolUser(for: login("ada@example.org")) == "ada@example.org")
  }

  @Test("a name that nobody of the pool can have is refused, with the reason")
  func unfit() throws {
    let two = LoginNameRule(claim: .email, emailDomains: ["example.com", "example.org"])
    for (rule, name, word) in [
      (LoginNameRule(claim: .email), "ada", "whole e-mail address"), (two, "ada", "ada@example.com or ada@example.org"),
      (two, "ada@example.org", "before the @: ada"), (LoginNameRule(claim: .custom("custom:login")), "ada", "--user"),
    ] {
      let error = #expect(throws: AccountError.self) { try rule.poolUser(for: login(name)) }
      #expect("\(try #require(error))".contains(word))
    }
  }

  @Test("CVE-2026-87853 (SSSD idp, prefix of the subject): a name and its beginning are two names, in every claim")
  func prefixes() throws {
    let rules: [(LoginNameRule, (String) -> PoolIdentity)] = [
      (.username, { identity($0) }),
      (LoginNameRule(claim: .email), { identity(Self.uuid, email("\($0)@example.com")) }),
      (
        LoginNameRule(claim: .email, emailDomains: ["example.com"]),
        { identity(Self.uuid, email("\($0)@example.com")) }
      ),
      (LoginNameRule(claim: .preferredUsername), { identity(Self.uuid, ["preferred_username": .string($0)]) }),
      (LoginNameRule(claim: .custom("custom:login")), { identity(Self.uuid, ["custom:login": .string($0)]) }),
    ]
    for (index, (rule, person)) in rules.enumerated() {
      let domain = index == 1 ? "@example.com" : ""
      for (asked, other) in [("ada", "adam"), ("adam", "ada"), ("ada", "xada"), ("ada", "ada ")] {
        #expect(try match(rule, asked + domain, person(other)) == .somebodyElse)
      }
      #expect(try match(rule, "ada" + domain, person("ada")) != .somebodyElse)
    }
    for mapped in ["adam", String(Self.uuid.dropLast()), Self.uuid + "0"] {
      #expect(try match(.username, "ada", identity("x"), poolUser: mapped) == .somebodyElse)
    }
  }

  @Test("what Unicode calls equivalent, or what looks alike, is another name")
  func lookAlikes() throws {
    #expect(try match(.username, "ada", identity("\u{0430}da")) == .somebodyElse)
    // é as one character and as two.
    #expect(try match(.username, "rene", identity("ren\u{e9}"), poolUser: "rene\u{301}") == .somebodyElse)
    #expect(try match(.username, "rene", identity("ren\u{e9}"), poolUser: "ren\u{e9}") == .person)
    // The Kelvin sign and the long s become k and s when lower-cased.
    #expect(try match(.username, "kim", identity("\u{212a}im")) == .somebodyElse)
    #expect(
      try match(LoginNameRule(claim: .email), "sam@a.org", identity("u", email("\u{17f}am@a.org"))) == .somebodyElse)
  }

  @Test("ASCII capitals are the pool's business, unless the name is only an alias that its bearer chose")
  func capitals() throws {
    #expect(try match(.username, "ada.lovelace", identity("Ada.Lovelace")) == .person)
    #expect(try match(.username, "ada", identity("Ada"), poolUser: "ADA") == .person)
    let stranger = identity("Ada", ["preferred_username": "ada"])
    #expect(try match(.username, "ada", stranger) == .somebodyElse)
  }

  @Test("an e-mail address counts when it is verified, whatever its capitals, and never the one in a user name")
  func emails() throws {
    let rule = LoginNameRule(claim: .email)
    #expect(try match(rule, "ada@example.com", identity(Self.uuid, email("Ada@Example.com"))) == .person)
    #expect(
      try match(rule, "ada@example.com", identity(Self.uuid, email("ada@example.com", verified: "true"))) == .person)
    for verified: JSONValue in [false, "false", .null, 1, "yes"] {
      let claims = email("ada@example.com", verified: verified)
      #expect(try match(rule, "ada@example.com", identity(Self.uuid, claims)) == .somebodyElse)
      #expect(try match(.username, "ada", identity(Self.uuid, claims), poolUser: "ada@example.com") == .somebodyElse)
    }
    #expect(try match(rule, "ada@example.com", identity("ada@example.com")) == .somebodyElse)
    #expect(try match(rule, "ada@example.com", identity(Self.uuid)) == .somebodyElse)
    let listed = LoginNameRule(claim: .email, emailDomains: ["example.com"])
    #expect(try match(listed, "ada", identity(Self.uuid, email("ada@example.org"))) == .somebodyElse)
    #expect(try match(listed, "ada", identity(Self.uuid, email("ada+x@example.com"))) == .somebodyElse)
    #expect(try match(listed, "ada", identity("ada")) == .somebodyElse)
  }

  @Test("what people may be able to write counts only if they can't")
  func writable() throws {
    let claims: [String: JSONValue] = ["preferred_username": "ada", "custom:login": "ada"]
    #expect(
      try match(LoginNameRule(claim: .preferredUsername), "ada", identity("e1", claims))
        == .unlessWritable("preferred_username", value: "ada"))
    #expect(
      try match(LoginNameRule(claim: .custom("custom:login")), "ada", identity("e1", claims), poolUser: "e1")
        == .unlessWritable("custom:login", value: "ada"))
    // By an alias that root named, too; but the claim that isn't the name's says nothing.
    #expect(
      try match(.username, "lady", identity("e1", claims), poolUser: "ada")
        == .unlessWritable("preferred_username", value: "ada"))
    #expect(try match(.username, "ada", identity("e1", claims)) == .somebodyElse)
    #expect(
      try match(LoginNameRule(claim: .custom("custom:login")), "eve", identity("e1", claims), poolUser: "e1")
        == .somebodyElse)
  }

  @Test("root's mapping is met by the user name, the sub, a verified address or a verified number")
  func mapped() throws {
    let person = identity(
      "e1", email("ada+home@example.com").merging(["phone_number": "+15550100", "phone_number_verified": true]) { $1 })
    for asked in ["e1", Self.uuid, "ada+home@example.com", "+15550100"] {
      #expect(try match(.username, "ada", person, poolUser: asked) == .person)
    }
    let unproved = identity("e1", ["phone_number": "+15550100", "phone_number_verified": false])
    #expect(try match(.username, "ada", unproved, poolUser: "+15550100") == .somebodyElse)
    // The login name alone is nothing any more.
    #expect(try match(.username, "ada", identity("ada"), poolUser: "e1") == .somebodyElse)
  }
}
