import Cognito
import FoundationEssentials
import TestSupport
import Testing

private let vectors: JSONValue = Vectors.cognito["jwt"] ?? .null

struct TokenVector: Sendable, CustomTestStringConvertible {
  let json: JSONValue
  var testDescription: String { json.text("name") }
  var token: String { json.text("token") }
  var use: TokenUse { json.text("expect_use") == "id" ? .id : .access }
  var isValid: Bool { json["valid"]?.bool ?? false }

  static let all = vectors.list("tokens").map(TokenVector.init)
  static func named(_ name: String) throws -> TokenVector {
    try #require(all.first { $0.testDescription == name })
  }
}

/// A verifier at the vectors' moment.
private func verifier(
  clients: TokenVerifier.Clients = .only([vectors.text("client_id")]), keys: (any KeySource)? = nil,
  leeway: Duration = .zero, after seconds: Double = 0
) throws -> TokenVerifier {
  let now = Date(timeIntervalSince1970: 1_790_000_000 + seconds)
  let pool = TokenVerifier.TrustedPool(
    issuer: vectors.text("issuer"), clients: clients, keys: try keys ?? JWKS(vectors["jwks"] ?? .null))
  return TokenVerifier([pool], leeway: leeway, now: { now })
}

@Suite("Token verification")
struct TokenVerifierTests {
  @Test("the shared vectors", arguments: TokenVector.all)
  func vector(_ vector: TokenVector) async throws {
    let accessToken = vectors.text("access_token_for_at_hash")
    if vector.isValid {
      let token = try await verifier().verify(vector.token, use: vector.use, accessToken: accessToken)
      #expect(token.clientID == vectors.text("client_id"))
      #expect(token.use == vector.use)
    } else {
      await #expect(throws: CognitoError.self) {
        try await verifier().verify(vector.token, use: vector.use, accessToken: accessToken)
      }
    }
  }

  @Test("all vectors are there")
  func count() {
    #expect(TokenVector.all.count == 44)
    #expect(TokenVector.all.contains { $0.isValid })
  }

  @Test("an expired token is refused, within the leeway it is accepted")
  func leeway() async throws {
    let expired = try TokenVector.named("id-expired")
    await #expect(throws: CognitoError(.tokenExpired, "")) { try await verifier().verify(expired.token, use: .id) }
    _ = try await verifier(leeway: .seconds(2)).verify(expired.token, use: .id)
  }

  @Test("a clock that is behind makes nbf the reason")
  func notYet() async throws {
    let early = try TokenVector.named("id-nbf-future")
    await #expect(throws: CognitoError(.tokenNotYetValid, "")) {
      try await verifier().verify(early.token, use: .id)
    }
  }

  @Test("another access token than the one that the id token names is refused")
  func hash() async throws {
    let token = try TokenVector.named("id-valid-at_hash").token
    await #expect(throws: CognitoError(.tokenClaimMismatch, "")) {
      try await verifier().verify(token, use: .id, accessToken: "another")
    }
  }

  @Test("a token of another client is refused, unless any client will do")
  func clients() async throws {
    let token = try TokenVector.named("id-valid").token
    await #expect(throws: CognitoError(.tokenClaimMismatch, "")) {
      try await verifier(clients: ["other"]).verify(token, use: .id)
    }
    _ = try await verifier(clients: ["other", "4dn6jbcbhqcofxyczo3ms9z4cc"]).verify(token, use: .id)
    _ = try await verifier(clients: .anyOfThePool).verify(token, use: .id)
  }

  @Test("an issuer that is not trusted is refused before its keys are asked for")
  func issuer() async throws {
    let token = try TokenVector.named("id-valid").token
    let none = TokenVerifier([])
    await #expect(throws: CognitoError(.tokenClaimMismatch, "")) { try await none.verify(token, use: .id) }
  }

  @Test("one key verifies for many callers at once, good tokens and spoiled ones")
  func concurrent() async throws {
    let verifier = try verifier()
    let good = try TokenVector.named("id-valid").token
    // The last character holds two bits of the signature: the fifth from the end is whole.
    let spoiled = String(good.dropLast(5)) + (good.dropLast(4).last == "A" ? "B" : "A") + good.suffix(4)
    await withTaskGroup(of: Bool.self) { group in
      for index in 0..<200 {
        let token = index.isMultiple(of: 2) ? good : spoiled
        group.addTask { ((try? await verifier.verify(token, use: .id)) != nil) == (token == good) }
      }
      for await isRight in group { #expect(isRight) }
    }
  }

  @Test("claims can be read as a type of the caller's")
  func claims() async throws {
    struct Claims: Decodable {
      let email: String
      let verified: Bool
      enum CodingKeys: String, CodingKey {
        case email
        case verified = "email_verified"
      }
    }
    let token = try await verifier().verify(TokenVector.named("id-valid").token, use: .id)
    let claims = try token.claims(as: Claims.self)
    #expect(claims.email == "alice@example.com")
    #expect(claims.verified)
    #expect(token.username == "alice")
    #expect(token.groups == ["admins", "g2"])
    #expect(token.expiresAt == Date(timeIntervalSince1970: 1_790_003_000))
  }

  @Test(
    "key sets that must be refused",
    arguments: [
      "", "[]", "{}", #"{"keys":[]}"#, #"{"keys":[{"kty":"EC","kid":"a"}]}"#,
      #"{"keys":[{"kty":"RSA","kid":"a","n":"AQAB","e":"AQAB"}]}"#,
    ])
  func keySets(_ json: String) {
    #expect(throws: CognitoError(.malformedResponse, "")) { try JWKS(json: Array(json.utf8)) }
  }

  @Test("of two keys with one name the first counts, and the others of the set are as good as before")
  func duplicateKeys() async throws {
    let published = try #require(vectors["jwks"]?.list("keys"))
    let (good, other) = (published[0], published[1])
    let impostor = JSONValue.object((other.object ?? [:]).merging(["kid": good["kid"] ?? .null]) { _, new in new })
    let valid = try #require(TokenVector.all.first { $0.isValid })
    _ = try await verifier(keys: JWKS(["keys": [good, other, impostor]])).verify(valid.token, use: valid.use)
    await #expect(throws: CognitoError(.tokenSignatureInvalid, "")) {
      try await verifier(keys: JWKS(["keys": [impostor, good]])).verify(valid.token, use: valid.use)
    }
    #expect(try JWKS(["keys": [good, good, other]]).count == 2)
  }

  @Test("a set with very many keys is read")
  func manyKeys() throws {
    let key = try #require(vectors["jwks"]?.list("keys").first?.object)
    let many = (0..<300).map { JSONValue.object(key.merging(["kid": .string("k\($0)")]) { _, new in new }) }
    #expect(try JWKS(["keys": .array(many)]).count == 300)
  }
}
