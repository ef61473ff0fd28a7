import Cognito
import FoundationEssentials
import LocalPool
import Testing

@Suite("signatures of administrators' calls")
struct AdminSignatureTests {
  private let credentials = AWSCredentials(
    accessKeyID: "AKIDPOOL", secretAccessKey: Secret(utf8: "pool-secret"), sessionToken: nil)

  private func call(_ pool: LocalUserPool, _ operation: String, with credentials: AWSCredentials?) throws -> String {
    let port = try #require(pool.endpoint.split(separator: ":").last.flatMap { Int($0) })
    let body = #"{"MaxResults":5}"#
    var request = HTTPRequest(
      method: "POST", url: pool.endpoint + "/",
      headers: [.init("X-Amz-Target", "AWSCognitoIdentityProviderService.\(operation)")], body: Array(body.utf8))
    if let credentials {
      request = try SigV4(region: "eu-north-1", service: "cognito-idp").sign(request, with: credentials, at: Date())
    }
    let headers = request.headers.map { "\($0.name): \($0.value)\r\n" }.joined()
    let host = credentials == nil ? "Host: pool\r\n" : ""
    let text =
      "POST / HTTP/1.1\r\n\(host)\(headers)Connection: close\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
    return try #require(RawConnection.exchange(port: port, Array(text.utf8)))
  }

  @Test("with credentials set, a signed call runs, and one unsigned, of another key or another secret doesn't")
  func checked() async throws {
    var configuration = LocalUserPool.Configuration()
    configuration.adminCredentials = [
      .init(accessKeyID: "AKIDPOOL", secretAccessKey: Secret(utf8: "pool-secret"))
    ]
    let pool = try await LocalUserPool.start(configuration)
    #expect(try call(pool, "ListUserPools", with: credentials).hasPrefix("HTTP/1.1 200"))
    #expect(try call(pool, "ListUserPools", with: nil).contains("MissingAuthenticationTokenException"))
    let otherKey = AWSCredentials(
      accessKeyID: "AKIDOTHER", secretAccessKey: Secret(utf8: "pool-secret"), sessionToken: nil)
    #expect(try call(pool, "ListUserPools", with: otherKey).contains("UnrecognizedClientException"))
    let otherSecret = AWSCredentials(
      accessKeyID: "AKIDPOOL", secretAccessKey: Secret(utf8: "guess"), sessionToken: nil)
    #expect(try call(pool, "ListUserPools", with: otherSecret).contains("InvalidSignatureException"))
    await pool.stop()
  }
}
