import Cognito
import FoundationEssentials
import TestSupport
import Testing

/// Requests that botocore signed.
private let vectors = Vectors.load("sigv4_vectors.json")

private struct Case: Sendable, CustomTestStringConvertible {
  let json: JSONValue
  var testDescription: String { json.text("name") }

  static let all = vectors.list("requests").map(Case.init)

  var signer: SigV4 { SigV4(region: json.text("region"), service: json.text("service")) }
  var date: Date { Date(timeIntervalSince1970: json["unix_time"]?.double ?? 0) }
  var request: HTTPRequest {
    HTTPRequest(
      method: json.text("method"), url: json.text("url"),
      headers: json.list("headers").map { .init($0[0]?.string ?? "", $0[1]?.string ?? "") },
      body: Array(json.text("body").utf8))
  }
  var credentials: AWSCredentials {
    AWSCredentials(
      accessKeyID: vectors.text("access_key_id"), secretAccessKey: Secret(utf8: vectors.text("secret_access_key")),
      sessionToken: json["session_token"]?.string)
  }

  /// The signed request as a server sees it: the target in place of the URL.
  func received() throws -> HTTPRequest {
    var request = try signer.sign(request, with: credentials, at: date)
    let target = request.url.split(separator: "/", maxSplits: 2)[1...].joined(separator: "/")
    request.url = "/" + target.drop { $0 != "/" }.dropFirst()
    return request
  }

  func verify(_ request: HTTPRequest, now: Date? = nil) throws -> String {
    try signer.verify(request, now: now ?? date) { id in
      id == vectors.text("access_key_id") ? Secret(utf8: vectors.text("secret_access_key")) : nil
    }
  }
}

@Suite("Signature version 4")
struct SigV4Tests {
  @Test("signs as botocore does", arguments: Case.all)
  private func signs(_ vector: Case) throws {
    let signed = try vector.signer.sign(vector.request, with: vector.credentials, at: vector.date)
    #expect(signed.header("authorization") == vector.json.text("authorization"))
  }

  @Test("accepts what it signs", arguments: Case.all)
  private func accepts(_ vector: Case) throws {
    #expect(try vector.verify(vector.received()) == "AKIDEXAMPLE")
  }

  @Test("refuses a request that was changed", arguments: Case.all)
  private func refuses(_ vector: Case) throws {
    let good = try vector.received()
    let refusal = CognitoError(.invalidSignature, "")
    var changed = good
    changed.body += [0x20]
    #expect(throws: refusal) { try vector.verify(changed) }
    changed = good
    changed.url += "x"
    #expect(throws: refusal) { try vector.verify(changed) }
    changed = good
    changed.method = "PUT"
    #expect(throws: refusal) { try vector.verify(changed) }
    changed = good
    changed.headers.append(.init("X-Amz-Extra", "1"))
    #expect(throws: refusal) { try vector.verify(changed) }
    changed = good
    changed.headers = good.headers.map { $0.name == "Host" ? .init("Host", "evil.example") : $0 }
    #expect(throws: refusal) { try vector.verify(changed) }
  }

  @Test("refuses an old or future date, an unknown key, and no signature")
  func refusesStrangers() throws {
    let vector = try #require(Case.all.first)
    let good = try vector.received()
    #expect(throws: CognitoError(.invalidSignature, "")) { try vector.verify(good, now: vector.date + 301) }
    #expect(throws: CognitoError(.invalidSignature, "")) { try vector.verify(good, now: vector.date - 301) }
    #expect(try vector.verify(good, now: vector.date + 299) == "AKIDEXAMPLE")
    #expect(throws: CognitoError(.unrecognizedClient, "")) {
      try vector.signer.verify(good, now: vector.date) { _ in nil }
    }
    var bare = good
    bare.headers.removeAll { $0.name == "Authorization" }
    #expect(throws: CognitoError(.missingAuthenticationToken, "")) { try vector.verify(bare) }
    let other = SigV4(region: "eu-west-9", service: "cognito-idp")
    #expect(throws: CognitoError(.invalidSignature, "")) {
      try other.verify(good, now: vector.date) { _ in Secret(utf8: vectors.text("secret_access_key")) }
    }
  }

  @Test("CodeCommit's git password", arguments: vectors.list("codecommit"))
  func codeCommit(_ vector: JSONValue) throws {
    let password = SigV4.codeCommitPassword(
      host: vector.text("host"), path: vector.text("path"), region: vector.text("region"),
      credentials: AWSCredentials(
        accessKeyID: "AKIDEXAMPLE", secretAccessKey: Secret(utf8: vectors.text("secret_access_key"))),
      at: Date(timeIntervalSince1970: try #require(vector["unix_time"]?.double)))
    #expect(password == vector.text("password"))
  }

  @Test("credentials show no secret")
  func description() {
    let credentials = AWSCredentials(
      accessKeyID: "AKID", secretAccessKey: Secret(utf8: "hidden"), sessionToken: "hidden")
    var dumped = ""
    dump(credentials, to: &dumped)
    #expect(!"\(credentials) \(dumped)".contains("hidden"))
  }
}
