import Cognito
import Glibc
import Synchronization
import TestSupport
import Testing

/// Counts the requests that reach a server, and does to one of them what a test says.
private final class Tally: Sendable {
  private let heads = Mutex<[String]>([])

  /// Notes a request.
  ///
  /// - Returns: how many there have been, this one included.
  func note(_ head: String) -> Int {
    heads.withLock { heads in
      heads.append(head)
      return heads.count
    }
  }

  var count: Int { heads.withLock { $0.count } }
}

/// A server that answers with the number of the request, until `misbehave` takes a request over and ends the connection.
private func server(
  _ tally: Tally, misbehave: @escaping @Sendable (Int, LoopbackServer.Connection) -> Bool
) -> LoopbackServer {
  LoopbackServer { connection in
    while let (head, _) = connection.readRequest() {
      let number = tally.note(head)
      if misbehave(number, connection) { return }
      connection.answer("{\"number\":\(number)}")
    }
  }
}

private func client(_ server: LoopbackServer, timeout: Duration = .seconds(20)) -> ServiceClient {
  var settings = ServiceClient.Settings(timeout: timeout, attemptTimeout: timeout)
  settings.retry.sleep = { _ in }
  return ServiceClient(
    .userPools, region: "eu-north-1", endpoint: server.url, transport: CurlTransport(), settings: settings)
}

/// Operations that must not be carried out twice.
private let changes = [
  "RespondToAuthChallenge", "GetTokensFromRefreshToken", "ChangePassword", "SignUp", "ConfirmSignUp", "ForgotPassword",
]

@Suite("What may not be repeated")
struct SentOnceTests {
  @Test("is sent once when the server takes it and hangs up, whatever the connection was used for before")
  func dropped() async throws {
    for operation in changes {
      for use in 1...3 {
        let tally = Tally()
        let server = server(tally) { number, _ in number == use }
        let client = client(server)
        for number in 1..<use {
          #expect(try await client.call(operation, ["A": 1])["number"]?.int == Int64(number))
        }
        // The connection was the same all along: that is not what keeps it from being sent twice.
        #expect(server.connections == min(1, use - 1))
        await #expect(throws: CognitoError(.network, ""), "\(operation), use \(use)") {
          try await client.call(operation, ["A": 1])
        }
        #expect(tally.count == use, "\(operation), use \(use)")
      }
    }
  }

  @Test("is sent once when its first bytes are all that the server reads")
  func droppedEarly() async throws {
    let bytes = Mutex<[Int]>([])
    let server = LoopbackServer { connection in
      if connection.readRequest() != nil { connection.answer("{}") }
      // The next one on this connection is hung up on in the middle; on any other nothing may come.
      let count = connection.readBytes(atLeast: 10_000)
      bytes.withLock { $0.append(count) }
    }
    let client = client(server)
    _ = try await client.call("SignUp", ["A": 1])
    let long: JSONValue = ["A": .string(String(repeating: "x", count: 1 << 20))]
    await #expect(throws: CognitoError(.network, "")) { try await client.call("SignUp", long) }
    #expect(bytes.withLock { $0.filter { $0 > 0 }.count } == 1)
  }

  @Test("what may be repeated is, on a new connection")
  func repeatable() async throws {
    let tally = Tally()
    let server = server(tally) { number, _ in number == 2 }
    let client = client(server)
    _ = try await client.call("GetUser", ["A": 1])
    #expect(try await client.call("GetUser", ["A": 1])["number"]?.int == 3)
    #expect(server.connections > 1)
  }

  @Test("is sent once without a body too, over a connection of its own")
  func empty() async throws {
    let tally = Tally()
    let server = server(tally) { number, _ in number == 3 }
    let transport = CurlTransport()
    let request = HTTPRequest(method: "POST", url: server.url + "/")
    for _ in 1...2 { _ = try await transport.send(request, deadline: .now + .seconds(20)) }
    await #expect(throws: CognitoError(.network, "")) {
      try await transport.send(request, deadline: .now + .seconds(20))
    }
    #expect(tally.count == 3)
    #expect(server.connections == 3)
  }

  @Test("doesn't go out on a connection that has been idle for long")
  func idle() async throws {
    let tally = Tally()
    let server = server(tally) { _, _ in false }
    let client = client(server)
    _ = try await client.call("SignUp", ["A": 1])
    try await Task.sleep(for: .milliseconds(2200))
    _ = try await client.call("SignUp", ["A": 1])
    #expect(server.connections == 2)
  }

  @Test("is sent once to a server that stalls, and an answer that comes too late is nobody's")
  func late() async throws {
    let tally = Tally()
    let server = server(tally) { number, connection in
      guard number == 2 else { return false }
      usleep(400_000)
      connection.answer("{\"number\":2}")
      return false
    }
    let slow = client(server)
    _ = try await slow.call("SignUp", ["A": 1])
    var hasty = slow.settings
    hasty.triggerTimeout = .milliseconds(100)
    let client = ServiceClient(
      .userPools, region: "eu-north-1", endpoint: server.url, transport: slow.transport, settings: hasty)
    await #expect(throws: CognitoError(.timeout, "")) { try await client.call("SignUp", ["A": 1]) }
    #expect(tally.count == 2)
    #expect(try await slow.call("SignUp", ["A": 1])["number"]?.int == 3)
  }

  @Test("an answer that comes twice is not taken for the next request's", arguments: [0, 50_000])
  func twice(_ pause: UInt32) async throws {
    let tally = Tally()
    let server = server(tally) { number, connection in
      guard number == 1 else { return false }
      let answer = "HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n{\"number\":1}"
      if pause == 0 {
        connection.write(answer + answer)
      } else {
        connection.write(answer)
        usleep(pause)
        connection.write(answer)
      }
      // Goes on to the next request on this connection, without an answer of its own to this one.
      while let (head, _) = connection.readRequest() {
        connection.answer("{\"number\":\(tally.note(head))}")
      }
      return true
    }
    let client = client(server)
    #expect(try await client.call("SignUp", ["A": 1])["number"]?.int == 1)
    try await Task.sleep(for: .microseconds(Int(pause) * 4))
    #expect(try await client.call("SignUp", ["A": 1])["number"]?.int == 2)
    #expect(tally.count == 2)
  }

  @Test("is sent once when half an answer comes")
  func half() async throws {
    for use in 1...2 {
      let tally = Tally()
      let server = server(tally) { number, connection in
        guard number == use else { return false }
        connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"Session\":")
        return true
      }
      let client = client(server)
      for _ in 1..<use { _ = try await client.call("RespondToAuthChallenge", ["A": 1]) }
      let error = await #expect(throws: CognitoError.self) {
        try await client.call("RespondToAuthChallenge", ["A": 1])
      }
      #expect(error?.code == .malformedResponse || error?.code == .network)
      #expect(tally.count == use)
    }
  }

  @Test("a sign-in whose last answer is lost says so, and doesn't call the password wrong")
  func lostAnswer() async throws {
    let tally = Tally()
    let server = server(tally) { number, _ in number == 2 }
    let client = client(server)
    _ = try await client.call("InitiateAuth", ["A": 1], repeatable: true)
    await #expect(throws: CognitoError(.network, "")) {
      try await client.call("RespondToAuthChallenge", ["A": 1], repeatable: false)
    }
    #expect(tally.count == 2)
  }
}
