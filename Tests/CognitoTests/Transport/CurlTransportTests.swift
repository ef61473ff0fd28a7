import Cognito
import Glibc
import Synchronization
import TestSupport
import Testing

private let transport = CurlTransport(.init(maximumResponseBytes: 1000))

private func get(
  _ server: LoopbackServer, path: String = "/", within: Duration = .seconds(10),
  over transport: CurlTransport = transport
) async throws -> HTTPResponse {
  try await transport.send(HTTPRequest(method: "GET", url: server.url + path), deadline: .now + within)
}

@Suite("HTTP through libcurl")
struct CurlTransportTests {
  @Test("sends what it is given, and returns what comes")
  func roundTrip() async throws {
    let server = LoopbackServer { connection in
      while let (head, body) = connection.readRequest() {
        connection.answer(head, status: "418 Teapot", headers: ["X-Echo: \(body.count)", "x-two: a: b "])
      }
    }
    let request = HTTPRequest(
      method: "POST", url: server.url + "/p?q=1", headers: [.init("X-Amz-Target", "a.b")], body: Array("{}".utf8))
    let response = try await transport.send(request, deadline: .now + .seconds(10))
    #expect(response.status == 418)
    #expect(response.header("X-ECHO") == "2")
    #expect(response.header("X-Two") == "a: b ")
    let head = String(decoding: response.body, as: UTF8.self)
    #expect(head.hasPrefix("POST /p?q=1 HTTP/1.1\r\n"))
    #expect(head.contains("X-Amz-Target: a.b"))
    #expect(!head.contains("Expect"))
    #expect(!head.contains("Accept-Encoding"))
  }

  @Test("connections are used again")
  func reuse() async throws {
    let server = LoopbackServer { connection in
      while connection.readRequest() != nil { connection.answer("ok") }
    }
    // Of its own: the other tests' connections push each other out of the shared one.
    let own = CurlTransport()
    for _ in 0..<5 { #expect(try await get(server, over: own).status == 200) }
    #expect(server.connections == 1)
  }

  @Test("a hundred requests at a time are all answered")
  func many() async throws {
    let server = LoopbackServer { connection in
      while connection.readRequest() != nil { connection.answer("ok") }
    }
    try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<100 { group.addTask { try await get(server).status } }
      for try await status in group { #expect(status == 200) }
    }
  }

  @Test("an answer at the limit is taken, one byte more is refused, with and without a length")
  func tooLarge() async throws {
    let server = LoopbackServer { connection in
      guard let (head, _) = connection.readRequest() else { return }
      let size = head.contains("/ok") ? 1000 : 1001
      let body = String(repeating: "x", count: size)
      if head.contains("/length") {
        connection.answer(body)
      } else {
        connection.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + body)
      }
    }
    #expect(try await get(server, path: "/ok/length").body.count == 1000)
    #expect(try await get(server, path: "/ok/").body.count == 1000)
    for path in ["/length", "/"] {
      await #expect(throws: CognitoError(.responseTooLarge, "")) { try await get(server, path: path) }
    }
  }

  @Test("headers without end are refused")
  func endlessHeaders() async throws {
    let server = LoopbackServer { connection in
      _ = connection.readRequest()
      connection.write("HTTP/1.1 200 OK\r\n")
      var index = 0
      while connection.write("X-\(index): \(String(repeating: "y", count: 1000))\r\n") { index += 1 }
    }
    await #expect(throws: CognitoError(.responseTooLarge, "")) { try await get(server) }
  }

  @Test("an answer that is cut is refused")
  func truncated() async throws {
    let server = LoopbackServer { connection in
      guard let (head, _) = connection.readRequest() else { return }
      if head.contains("/chunked") {
        connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab")
      } else {
        connection.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345")
      }
    }
    for path in ["/", "/chunked"] {
      let error = await #expect(throws: CognitoError.self) { try await get(server, path: path) }
      #expect(error?.code == .malformedResponse || error?.code == .network)
    }
  }

  @Test(
    "what isn't HTTP is refused", arguments: ["SSH-2.0-OpenSSH_9.2\r\n", "\u{0}\u{1}\u{2}", "HTTP/9.9 200 OK\r\n\r\n"])
  func garbage(_ text: String) async throws {
    let server = LoopbackServer { connection in
      _ = connection.readRequest()
      connection.write(text)
    }
    await #expect(throws: CognitoError.self) { try await get(server) }
  }

  @Test("a server that closes without a word is a network failure")
  func silent() async throws {
    let server = LoopbackServer { connection in _ = connection.readRequest() }
    await #expect(throws: CognitoError(.network, "")) { try await get(server) }
  }

  @Test("a port where nobody listens is unreachable")
  func unreachable() async throws {
    let port = LoopbackServer { _ in }.port
    await #expect(throws: CognitoError(.unreachable, "")) {
      try await transport.send(
        HTTPRequest(method: "GET", url: "http://127.0.0.1:\(port)/"), deadline: .now + .seconds(5))
    }
  }

  @Test("a server that never answers, or drips, is left at the deadline", arguments: [false, true])
  func slow(_ drips: Bool) async throws {
    let server = LoopbackServer { connection in
      _ = connection.readRequest()
      guard drips else { return connection.waitForClose() }
      connection.write("HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n")
      while connection.write("x") { usleep(20_000) }
    }
    let start = ContinuousClock.now
    await #expect(throws: CognitoError(.timeout, "")) { try await get(server, within: .milliseconds(200)) }
    #expect(start.duration(to: .now) < .seconds(40))
  }

  @Test("a request that waits for a connection is left at its own deadline, not at another's")
  func waiting() async throws {
    let server = LoopbackServer { connection in connection.waitForClose() }
    let own = CurlTransport(.init(maximumConnections: 1))
    let first = Task { try await get(server, within: .seconds(30), over: own) }
    while server.connections == 0 { await Task.yield() }
    await #expect(throws: CognitoError(.timeout, "")) { try await get(server, within: .milliseconds(200), over: own) }
    #expect(server.connections == 1)
    first.cancel()
    await #expect(throws: CognitoError(.cancelled, "")) { try await first.value }
  }

  @Test("a cancelled request ends at once")
  func cancelled() async throws {
    let server = LoopbackServer { connection in connection.waitForClose() }
    let task = Task { try await get(server, within: .seconds(60)) }
    while server.connections == 0 { await Task.yield() }
    let start = ContinuousClock.now
    task.cancel()
    await #expect(throws: CognitoError(.cancelled, "")) { try await task.value }
    #expect(start.duration(to: .now) < .seconds(40))
  }

  @Test("redirects are not followed", arguments: [301, 302, 303, 307, 308])
  func redirect(_ status: Int) async throws {
    let target = LoopbackServer { connection in
      while connection.readRequest() != nil { connection.answer("stolen") }
    }
    let server = LoopbackServer { connection in
      while connection.readRequest() != nil {
        connection.answer("", status: "\(status) Moved", headers: ["Location: \(target.url)/"])
      }
    }
    #expect(try await get(server).status == status)
    #expect(target.connections == 0)
  }

  @Test(
    "plain http to another machine is refused before anything is sent",
    arguments: ["http://example.com/", "http://127.0.0.1.example.com/", "http://128.0.0.1/", "http://0/"])
  func insecure(_ url: String) async throws {
    await #expect(throws: CognitoError(.insecureEndpoint, "")) {
      try await transport.send(HTTPRequest(method: "GET", url: url), deadline: .now + .seconds(5))
    }
  }

  @Test(
    "addresses that can be read in two ways are refused",
    arguments: [
      "ftp://127.0.0.1/", "file:///etc/passwd", "http://127.0.0.1@evil.example/", "http://127.0.0.1\\@evil/",
      "http://127.0.0.1 .evil/", "https:/a", "https://", "https://a:0/", "https://a:99999/", "https://a:b/",
      "https://a/#x", "https://[::1/", "https://\u{212a}/", "http://127.0.0.1\n/",
    ])
  func badAddress(_ url: String) async throws {
    await #expect(throws: CognitoError(.invalidConfiguration, "")) {
      try await transport.send(HTTPRequest(method: "GET", url: url), deadline: .now + .seconds(5))
    }
  }

  @Test("a header with a line break is refused")
  func headerInjection() async throws {
    let server = LoopbackServer { connection in
      while connection.readRequest() != nil { connection.answer("ok") }
    }
    let request = HTTPRequest(method: "GET", url: server.url + "/", headers: [.init("X-A", "1\r\nX-B: 2")])
    await #expect(throws: CognitoError(.invalidInput, "")) {
      try await transport.send(request, deadline: .now + .seconds(5))
    }
    #expect(server.connections == 0)
  }

  @Test("a proxy of the settings is asked for https, never for this machine")
  func proxy() async throws {
    let asked = Mutex<[String]>([])
    let proxy = LoopbackServer { connection in
      guard let (head, _) = connection.readRequest() else { return }
      asked.withLock { $0.append(String(head.prefix { $0 != "\r" && $0 != "\r\n" })) }
      connection.answer("no", status: "403 Forbidden")
    }
    let server = LoopbackServer { connection in
      while connection.readRequest() != nil { connection.answer("ok") }
    }
    let transport = CurlTransport(.init(proxy: .url(proxy.url, except: ["direct.invalid"])))
    await #expect(throws: CognitoError.self) {
      try await transport.send(
        HTTPRequest(method: "GET", url: "https://cognito.invalid/"), deadline: .now + .seconds(5))
    }
    #expect(asked.withLock { $0 } == ["CONNECT cognito.invalid:443 HTTP/1.1"])
    let local = try await transport.send(
      HTTPRequest(method: "GET", url: server.url + "/"), deadline: .now + .seconds(5))
    #expect(local.status == 200)
    await #expect(throws: CognitoError(.unreachable, "")) {
      try await transport.send(
        HTTPRequest(method: "GET", url: "https://direct.invalid/"), deadline: .now + .seconds(5))
    }
    #expect(asked.withLock { $0.count } == 1)
  }
}
