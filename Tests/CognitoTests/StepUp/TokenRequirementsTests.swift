import Cognito
import FoundationEssentials
import TestSupport
import Testing

@Suite("What a token must say")
struct TokenRequirementsTests {
  private func verify(
    _ claims: [String: JSONValue], _ requirements: TokenRequirements, use: TokenUse = .access, leeway: Int = 0
  ) async throws -> VerifiedToken {
    let token = ScriptedIssuer.issuer.token(
      use: use.rawValue, username: "ada", now: ScriptedIssuer.now, more: claims)
    let pool = TokenVerifier.TrustedPool(
      issuer: ScriptedIssuer.issuer.issuer, clients: ["client1"], keys: try JWKS(ScriptedIssuer.issuer.jwks))
    return try await TokenVerifier([pool], leeway: .seconds(leeway), now: { ServiceScript.now })
      .verify(token, use: use, requiring: requirements)
  }

  private func refusal(
    _ claims: [String: JSONValue], _ requirements: TokenRequirements, use: TokenUse = .access
  ) async throws -> CognitoError.Code? {
    do {
      _ = try await verify(claims, requirements, use: use)
      return nil
    } catch let error as CognitoError {
      return error.code
    }
  }

  @Test("a level is read from the token alone, and compared whole")
  func level() async throws {
    let wanted = TokenRequirements(levels: AuthenticationLevels.standard.atLeast(3))
    for acr: JSONValue in ["urn:cognito:loa:3", "urn:cognito:loa:4"] {
      #expect(try await refusal(["acr": acr], wanted) == nil)
    }
    let wrong: [JSONValue] = [
      "urn:cognito:loa:2", "urn:cognito:loa:33", "URN:COGNITO:LOA:3", "", 3, ["urn:cognito:loa:3"],
    ]
    for acr in wrong {
      #expect(try await refusal(["acr": acr], wanted) == .insufficientUserAuthentication)
    }
    #expect(try await refusal([:], wanted) == .insufficientUserAuthentication)
  }

  @Test("the age is that of the proof, not of the token, with the verifier's leeway")
  func age() async throws {
    let wanted = TokenRequirements(maximumAge: .seconds(60))
    let now = ScriptedIssuer.now
    #expect(try await refusal(["auth_time": .int(now - 60)], wanted) == nil)
    #expect(try await refusal(["auth_time": .int(now - 61)], wanted) == .insufficientUserAuthentication)
    #expect(try await refusal(["auth_time": "now"], wanted) == .insufficientUserAuthentication)
    #expect(try await refusal(["auth_time": .null], wanted) == .insufficientUserAuthentication)
    _ = try await verify(["auth_time": .int(now - 61)], wanted, leeway: 1)
  }

  @Test("a token for one service is good for that one alone")
  func audience() async throws {
    let git = TokenRequirements(audience: "https://git.example.com")
    for aud: JSONValue in ["https://git.example.com", ["https://git.example.com"], ["a", "https://git.example.com"]] {
      #expect(try await refusal(["aud": aud], git) == nil)
      #expect(try await refusal(["aud": aud], .init()) == .tokenClaimMismatch)
    }
    for aud: JSONValue in ["https://other.example.com", [], [7, "https://git.example.com"], .null, 7] {
      #expect(try await refusal(["aud": aud], git) == .tokenClaimMismatch)
      #expect(try await refusal(["aud": aud], .init()) == .tokenClaimMismatch)
    }
    #expect(try await refusal([:], git) == .tokenClaimMismatch)
    // Some emulators name the client there.
    #expect(try await refusal(["aud": "client1"], .init()) == nil)
  }

  @Test("an id token for a service passes there, by its client where it names one")
  func idTokenAudience() async throws {
    let git = TokenRequirements(audience: "git")
    #expect(try await verify(["aud": "git"], git, use: .id).clientID == "git")
    #expect(try await verify(["aud": "git", "azp": "client1"], git, use: .id).clientID == "client1")
    #expect(try await refusal(["aud": "git", "azp": "client2"], git, use: .id) == .tokenClaimMismatch)
    #expect(try await refusal(["aud": "git"], .init(), use: .id) == .tokenClaimMismatch)
    #expect(try await refusal([:], git, use: .id) == .tokenClaimMismatch)
  }

  @Test("all scopes must be there")
  func scopes() async throws {
    let wanted = TokenRequirements(scopes: ["git/read", "git/write"])
    #expect(try await refusal(["scope": "git/write other git/read"], wanted) == nil)
    for claims: [String: JSONValue] in [
      ["scope": "git/read"], ["scope": "git/readgit/write"], ["scope": ["git/read"]], [:],
    ] {
      #expect(try await refusal(claims, wanted) == .insufficientScope)
    }
  }

  @Test("who acts for the user may be forbidden, or named")
  func actors() async throws {
    let acting: [String: JSONValue] = [
      "act": ["sub": "robot", "client_id": "c2", "act": ["sub": "before"]]
    ]
    let token = try await verify(acting, .init())
    #expect(token.actors == [TokenActor(subject: "robot", clientID: "c2"), TokenActor(subject: "before")])
    #expect(try await refusal(acting, .init(actors: .nobody)) == .tokenClaimMismatch)
    #expect(try await refusal(acting, .init(actors: .only(["robot"]))) == nil)
    // Who acted before gives nobody a right.
    #expect(try await refusal(acting, .init(actors: .only(["before"]))) == .tokenClaimMismatch)
    #expect(try await refusal(["act": "robot"], .init(actors: .only(["robot"]))) == .tokenClaimMismatch)
    #expect(try await refusal([:], .init(actors: .nobody)) == nil)
    #expect(try await refusal([:], .init(actors: .only([]))) == nil)
  }

  @Test("what the token is not good for is told before who its user is")
  func order() async throws {
    let wanted = TokenRequirements(levels: ["x"], audience: "git")
    #expect(try await refusal(["aud": "other"], wanted) == .tokenClaimMismatch)
  }
}
