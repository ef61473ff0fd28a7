import Cognito
import FoundationEssentials
import TestSupport
import Testing

@Suite("Hosted sign-in with a browser on this machine")
struct LoopbackTests {
  /// What a browser would do: one GET by libcurl.
  static func get(_ url: String, host: String? = nil) async throws -> HTTPResponse {
    var headers: [HTTPRequest.Header] = []
    if let host { headers.append(.init("Host", host)) }
    return try await CurlTransport().send(
      HTTPRequest(method: "GET", url: url, headers: headers), deadline: .now + .seconds(5))
  }

  /// A port that nobody has, until somebody takes it.
  static func freePort() throws -> UInt16 { try LoopbackListener(port: 0).port }

  @Test("the browser's way back ends the waiting; other requests don't")
  func signIn() async throws {
    let port = try Self.freePort()
    let transport = ScriptedTransport { _, request in
      let body = QueryString.decode(String(decoding: request.body, as: UTF8.self))
      return HostedUITests.tokens(nonce: body?["code"])
    }
    let hosted = try HostedUITests.hosted(transport)
    let base = "http://127.0.0.1:\(port)"
    let begun = hosted.begin(redirectURI: "\(base)/callback")
    let tokens = try await hosted.signIn(begun, timeout: .seconds(10)) { url in
      #expect(url == begun.url)
      Task {
        let favicon = try await Self.get("\(base)/favicon.ico")
        #expect(favicon.status == 404)
        let forged = try await Self.get("\(base)/callback?code=x&state=forged")
        #expect(forged.status == 400)
        let rebound = try await Self.get("\(base)/callback?code=x&state=\(begun.state)", host: "evil.example.com")
        #expect(rebound.status == 404)
        // The scripted pool puts the code into the nonce.
        let page = try await Self.get("\(base)/callback?code=\(begun.nonce)&state=\(begun.state)")
        #expect(page.status == 200)
        #expect(page.header("content-security-policy") == "default-src 'none'")
        #expect(!String(decoding: page.body, as: UTF8.self).contains(begun.state))
      }
    }
    #expect(tokens.username == "ada")
  }

  @Test("waiting ends at its deadline")
  func timeout() async throws {
    let hosted = try HostedUITests.hosted(HostedUITests.unused)
    let begun = hosted.begin(redirectURI: "http://localhost:\(try Self.freePort())/")
    await #expect(throws: CognitoError(.timeout, "")) {
      try await hosted.signIn(begun, timeout: .milliseconds(20)) { _ in }
    }
  }

  @Test("waiting ends when the task is cancelled")
  func cancelled() async throws {
    let hosted = try HostedUITests.hosted(HostedUITests.unused)
    let begun = hosted.begin(redirectURI: "http://localhost:\(try Self.freePort())/")
    let task = Task {
      try await hosted.signIn(begun, timeout: .seconds(60)) { _ in withUnsafeCurrentTask { $0?.cancel() } }
    }
    await #expect(throws: CognitoError(.cancelled, "")) { try await task.value }
  }

  @Test("a taken port is told")
  func taken() async throws {
    let listener = try LoopbackListener(port: 0)
    let hosted = try HostedUITests.hosted(HostedUITests.unused)
    let begun = hosted.begin(redirectURI: "http://localhost:\(listener.port)/")
    await #expect(throws: CognitoError(.invalidConfiguration, "")) {
      try await hosted.signIn(begun, timeout: .milliseconds(20)) { _ in }
    }
  }

  @Test(
    "redirects to elsewhere can't be waited for",
    arguments: [
      "https://localhost:1/", "http://example.com:1/", "http://localhost/", "app://x", "http://localhost:1/?q",
    ])
  func elsewhere(_ uri: String) async throws {
    let hosted = try HostedUITests.hosted(HostedUITests.unused)
    await #expect(throws: CognitoError(.invalidConfiguration, "")) {
      try await hosted.signIn(hosted.begin(redirectURI: uri)) { _ in Issue.record("the browser was opened") }
    }
  }

  @Test("many silent connections don't keep the browser out for good")
  func silent() async throws {
    let port = try Self.freePort()
    let hosted = try HostedUITests.hosted(ScriptedTransport { _, _ in HostedUITests.tokens(nonce: "n") })
    let begun = HostedSignIn(
      url: "u", redirectURI: "http://127.0.0.1:\(port)/", state: "s", nonce: "n", codeVerifier: Secret(utf8: "v"))
    let tokens = try await hosted.signIn(begun, timeout: .seconds(10)) { _ in
      let silent = (0..<10).map { _ in SilentConnection(port: port) }
      Task {
        _ = try await Self.get("http://127.0.0.1:\(port)/?code=c&state=s")
        withExtendedLifetime(silent) {}
      }
    }
    #expect(tokens.username == "ada")
  }
}
