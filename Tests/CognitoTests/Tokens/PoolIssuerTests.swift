import Cognito
import FoundationEssentials
import Glibc
import Synchronization
import TestSupport
import Testing

private let now = Date(timeIntervalSince1970: 1_790_000_000)
private let poolID = "eu-north-1_AbCdEfGhI"
private let original = "https://cognito-idp.eu-north-1.amazonaws.com/\(poolID)"
private let updated = "https://issuer-cognito-idp.eu-north-1.amazonaws.com/\(poolID)"
private let keysPath = "/.well-known/jwks.json"

private func token(_ issuer: String) -> String {
  TestIssuer(issuer: issuer, clientID: "client").token(use: "access", username: "ada", now: 1_790_000_000)
}

private let published = ScriptedTransport { _, _ in
  HTTPResponse(status: 200, body: TestIssuer(issuer: "", clientID: "").jwks.serialized())
}

@Suite("The issuers of a pool")
struct PoolIssuerTests {
  @Test("a pool on AWS has two, each with its own keys, fetched where the token says", arguments: [original, updated])
  func both(_ issuer: String) async throws {
    let transport = ScriptedTransport { try await published.send($1, deadline: .now + .seconds(9)) }
    let pool = try UserPool(id: poolID)
    let verifier = TokenVerifier(pool: pool, clients: ["client"], transport: transport, now: { now })
    let verified = try await verifier.verify(token(issuer), use: .access)
    #expect(verified.issuer == issuer)
    #expect(transport.requests.map(\.url) == [issuer + keysPath])
  }

  @Test(
    "and no third",
    arguments: [
      "https://issuer-cognito-idp.eu-west-1.amazonaws.com/\(poolID)", original + "/", updated + "/",
      "https://issuer-cognito-idp.eu-north-1.amazonaws.com/eu-north-1_AbCdEfGhJ",
      "https://Issuer-cognito-idp.eu-north-1.amazonaws.com/\(poolID)",
      "https://issuer-cognito-idp.eu-north-1.amazonaws.com.cn/\(poolID)",
      "https://cognito-idp-fips.eu-north-1.amazonaws.com/\(poolID)",
      "http://cognito-idp.eu-north-1.amazonaws.com/\(poolID)", "issuer-cognito-idp.eu-north-1.amazonaws.com/\(poolID)",
    ])
  func noThird(_ issuer: String) async throws {
    let transport = ScriptedTransport { try await published.send($1, deadline: .now + .seconds(9)) }
    let verifier = TokenVerifier(
      pool: try UserPool(id: poolID), clients: ["client"], transport: transport, now: { now })
    await #expect(throws: CognitoError(.tokenClaimMismatch, "")) {
      try await verifier.verify(token(issuer), use: .access)
    }
    #expect(transport.count == 0)
  }

  @Test("an issuer that is given is the only one, with its own keys if it is one of AWS's")
  func given() async throws {
    let pool = try UserPool(id: poolID, issuer: updated)
    #expect(pool.issuers == [UserPool.Issuer(name: updated, keysURL: updated + keysPath)])
    #expect(pool.issuer == updated && pool.keysURL == updated + keysPath)
    let verifier = TokenVerifier(pool: pool, clients: ["client"], transport: published, now: { now })
    _ = try await verifier.verify(token(updated), use: .access)
    await #expect(throws: CognitoError(.tokenClaimMismatch, "")) {
      try await verifier.verify(token(original), use: .access)
    }
    let other = try UserPool(id: poolID, issuer: "https://id.example")
    #expect(other.issuers.map(\.name) == ["https://id.example"])
    #expect(other.keysURL == original + keysPath)
  }

  @Test("VPC and FIPS endpoints of AWS keep both; their keys come from the endpoint, the newer issuer's from there")
  func endpoints() throws {
    for endpoint in [
      "https://vpce-1.cognito-idp.eu-north-1.vpce.amazonaws.com", "https://cognito-idp-fips.eu-north-1.amazonaws.com",
      "https://cognito-idp.eu-north-1.api.aws",
    ] {
      let pool = try UserPool(id: poolID, endpoint: endpoint)
      #expect(pool.issuers.map(\.name) == [original, updated])
      #expect(pool.issuers.map(\.keysURL) == ["\(endpoint)/\(poolID)\(keysPath)", updated + keysPath])
    }
  }

  @Test("an address of the keys that is given is that of both")
  func keysURL() throws {
    let pool = try UserPool(id: poolID, keysURL: "https://keys.example/set")
    #expect(pool.issuers.map(\.keysURL) == ["https://keys.example/set", "https://keys.example/set"])
  }

  @Test(
    "a pool elsewhere has one: its endpoint", arguments: ["http://127.0.0.1:9229", "https://amazonaws.com.example"])
  func elsewhere(_ endpoint: String) throws {
    let pool = try UserPool(id: poolID, endpoint: endpoint)
    #expect(pool.issuers.map(\.name) == ["\(endpoint)/\(poolID)"])
    #expect(pool.issuers.map(\.keysURL) == ["\(endpoint)/\(poolID)\(keysPath)"])
  }

  @Test(
    "each partition has its own domain",
    arguments: [
      ("eu-west-1", "amazonaws.com"), ("cn-north-1", "amazonaws.com.cn"), ("us-gov-west-1", "amazonaws.com"),
      ("eusc-de-east-1", "amazonaws.eu"), ("us-iso-east-1", "c2s.ic.gov"), ("us-isob-east-1", "sc2s.sgov.gov"),
      ("eu-isoe-west-1", "cloud.adc-e.uk"), ("us-isof-south-1", "csp.hci.ic.gov"), ("xx-new-1", "amazonaws.com"),
    ])
  func partitions(_ region: String, _ domain: String) throws {
    let pool = try UserPool(id: "\(region)_AbC")
    #expect(pool.endpoint == "https://cognito-idp.\(region).\(domain)")
    #expect(
      pool.issuers.map(\.name) == [
        "https://cognito-idp.\(region).\(domain)/\(region)_AbC",
        "https://issuer-cognito-idp.\(region).\(domain)/\(region)_AbC",
      ])
  }
}
