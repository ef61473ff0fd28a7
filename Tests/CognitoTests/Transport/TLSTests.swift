import Cognito
import TestSupport
import Testing

/// Waits for the server to listen.
private func get(_ server: TLSServer, _ settings: CurlTransport.Settings) async throws -> HTTPResponse {
  let request = HTTPRequest(method: "GET", url: "https://127.0.0.1:\(server.port)/")
  for _ in 0..<200 {
    do {
      return try await CurlTransport(settings).send(request, deadline: .now + .seconds(10))
    } catch {
      guard error.code == .unreachable else { throw error }
      try await Task.sleep(for: .milliseconds(20))
    }
  }
  throw CognitoError(.unreachable, "openssl s_server doesn't listen")
}

@Suite("TLS", .enabled(if: TLSServer.isAvailable))
struct TLSTests {
  @Test("a certificate that nobody vouches for is refused, and accepted from the CA file of the settings")
  func untrusted() async throws {
    let server = try TLSServer(name: "IP:127.0.0.1")
    await #expect(throws: CognitoError(.tls, "")) { try await get(server, .init()) }
    #expect(try await get(server, .init(caFile: server.caFile)).status == 200)
  }

  @Test("a certificate for another name is refused")
  func wrongName() async throws {
    let server = try TLSServer(name: "DNS:other.example")
    await #expect(throws: CognitoError(.tls, "")) { try await get(server, .init(caFile: server.caFile)) }
  }

  @Test("a server without TLS is refused")
  func plain() async throws {
    let server = LoopbackServer { connection in
      connection.answer("ok")
      connection.waitForClose()
    }
    await #expect(throws: CognitoError(.tls, "")) {
      try await CurlTransport().send(
        HTTPRequest(method: "GET", url: "https://127.0.0.1:\(server.port)/"), deadline: .now + .seconds(5))
    }
  }

  @Test("a CA file that isn't there is named")
  func noFile() async throws {
    let server = LoopbackServer { connection in connection.waitForClose() }
    let error = await #expect(throws: CognitoError(.tls, "")) {
      try await CurlTransport(.init(caFile: "/nonexistent.pem")).send(
        HTTPRequest(method: "GET", url: "https://127.0.0.1:\(server.port)/"), deadline: .now + .seconds(5))
    }
    #expect(error?.message.contains("CA") == true)
  }
}
