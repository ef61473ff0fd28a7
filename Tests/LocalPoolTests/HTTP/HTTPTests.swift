import Cognito
import LocalPool
import Testing

@Suite("the pool over HTTP")
struct HTTPTests {
  private func port(_ pool: LocalUserPool) throws -> Int {
    try #require(pool.endpoint.split(separator: ":").last.flatMap { Int($0) })
  }

  private func withPool(
    _ change: (inout LocalUserPool.Configuration) -> Void = { _ in },
    _ body: (LocalUserPool, Int) async throws -> Void
  ) async throws {
    var configuration = LocalUserPool.Configuration()
    change(&configuration)
    let pool = try await LocalUserPool.start(configuration)
    do {
      try await body(pool, try port(pool))
    } catch {
      await pool.stop()
      throw error
    }
    await pool.stop()
  }

  @Test("an error has AWS's status, body and headers")
  func errors() async throws {
    try await withPool { pool, port in
      let body =
        #"{"ClientId":"\#(pool.clientID)","AuthFlow":"USER_PASSWORD_AUTH","AuthParameters":{"USERNAME":"x","PASSWORD":"y"}}"#
      let answer = try #require(RawConnection.exchange(port: port, RawConnection.request("InitiateAuth", body)))
      #expect(answer.hasPrefix("HTTP/1.1 400 Bad Request\r\n"))
      #expect(answer.contains("Content-Type: application/x-amz-json-1.1\r\n"))
      #expect(answer.contains("x-amzn-ErrorType: UserNotFoundException:\r\n"))
      #expect(answer.contains("x-amzn-ErrorMessage: User does not exist.\r\n"))
      #expect(answer.contains("x-amzn-RequestId: "))
      #expect(answer.hasSuffix(#"{"__type":"UserNotFoundException","message":"User does not exist."}"#))
    }
  }

  @Test(
    "what the service doesn't know is an UnknownOperationException", arguments: ["NoSuchThing", "", "../InitiateAuth"])
  func unknown(_ target: String) async throws {
    try await withPool { _, port in
      let answer = try #require(RawConnection.exchange(port: port, RawConnection.request(target, "{}")))
      #expect(answer.hasPrefix("HTTP/1.1 400"))
      #expect(answer.contains("x-amzn-ErrorType: UnknownOperationException:\r\n"))
    }
  }

  @Test(
    "a body that isn't a JSON object is a SerializationException",
    arguments: ["", "x", "[]", "null", #"{"a":1,"a":2}"#, #"{"a":"#, String(repeating: #"{"a":"#, count: 100)])
  func notJSON(_ body: String) async throws {
    try await withPool { _, port in
      let answer = try #require(RawConnection.exchange(port: port, RawConnection.request("InitiateAuth", body)))
      #expect(answer.hasPrefix("HTTP/1.1 400"))
      #expect(answer.contains("SerializationException"))
    }
  }

  @Test("a body over the limit is refused, whether its length is told or not")
  func largeBody() async throws {
    try await withPool({ $0.limits.bodyBytes = 1000 }) { _, port in
      let large = String(repeating: "x", count: 1001)
      let told = try #require(RawConnection.exchange(port: port, RawConnection.request("InitiateAuth", large)))
      #expect(told.hasPrefix("HTTP/1.1 413"))
      let chunked =
        "POST / HTTP/1.1\r\nHost: pool\r\nX-Amz-Target: AWSCognitoIdentityProviderService.InitiateAuth\r\n"
        + "Transfer-Encoding: chunked\r\n\r\n3e9\r\n\(large)\r\n0\r\n\r\n"
      #expect(try #require(RawConnection.exchange(port: port, Array(chunked.utf8))).hasPrefix("HTTP/1.1 413"))
    }
  }

  @Test("a header over the limit ends the connection")
  func largeHeader() async throws {
    try await withPool { pool, port in
      let request = "GET /health HTTP/1.1\r\nHost: pool\r\nX: \(String(repeating: "x", count: 20_000))\r\n\r\n"
      let answer = try #require(RawConnection.exchange(port: port, Array(request.utf8)))
      #expect(!answer.contains("200 OK"))
    }
  }

  @Test("a client that doesn't finish its request, or sends none, is cut off")
  func slowClients() async throws {
    try await withPool({ $0.limits.requestTime = 0.2 }) { _, port in
      let silent = try #require(RawConnection(port: port))
      #expect(silent.receive() == "")
      let slow = try #require(RawConnection(port: port))
      slow.send("POST / HTTP/1.1\r\nHost: pool\r\nContent-Length: 10\r\n\r\n{")
      #expect(slow.receive() == "")
    }
  }

  @Test("connections over the limit are closed, and there is room again when one ends")
  func connections() async throws {
    try await withPool({ $0.limits.connections = 2 }) { _, port in
      let get = "GET /health HTTP/1.1\r\nHost: pool\r\n\r\n"
      var first = RawConnection(port: port)
      first?.send(get)
      #expect(first?.receive { $0.hasSuffix("ok\n") }?.contains("200 OK") == true)
      let second = try #require(RawConnection(port: port))
      second.send(get)
      #expect(second.receive { $0.hasSuffix("ok\n") }?.contains("200 OK") == true)
      #expect(RawConnection.exchange(port: port, Array(get.utf8)) == "")
      first = nil
      // The server learns of the end by itself; a refused connection says only that it hasn't yet.
      var answer: String?
      while answer?.contains("200 OK") != true {
        let third = try #require(RawConnection(port: port))
        third.send(get)
        answer = third.receive { $0.hasSuffix("ok\n") }
      }
    }
  }

  @Test("requests sent in one go are answered in order")
  func pipelining() async throws {
    try await withPool { pool, port in
      let connection = try #require(RawConnection(port: port))
      connection.send(
        "GET /health HTTP/1.1\r\nHost: pool\r\n\r\nGET /nowhere HTTP/1.1\r\nHost: pool\r\n\r\n"
          + "GET /\(pool.userPoolID)/.well-known/jwks.json HTTP/1.1\r\nHost: pool\r\nConnection: close\r\n\r\n")
      let answer = try #require(connection.receive())
      let positions = ["200 OK", "404 Not Found", #""kty":"RSA""#].map { answer.firstRange(of: $0)?.lowerBound }
      let found = positions.compactMap { $0 }
      #expect(found.count == 3 && found == found.sorted())
    }
  }

  @Test("whatever bytes come, the pool goes on")
  func noise() async throws {
    let impatient = { (configuration: inout LocalUserPool.Configuration) in
      configuration.limits.requestTime = 0.1
      configuration.limits.idleTime = 0.1
    }
    try await withPool(impatient) { _, port in
      var random = SplitMix(state: 20_261_124)
      let seed = RawConnection.request("InitiateAuth", #"{"ClientId":"x","AuthFlow":"USER_SRP_AUTH"}"#)
      for _ in 0..<300 {
        var bytes = seed
        for _ in 0...Int.random(in: 0..<8, using: &random) {
          let index = Int.random(in: 0..<bytes.count, using: &random)
          switch Int.random(in: 0..<3, using: &random) {
          case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
          case 1: bytes.insert(UInt8.random(in: 0...255, using: &random), at: index)
          default: bytes.remove(at: index)
          }
        }
        let answer = try #require(RawConnection.exchange(port: port, bytes))
        #expect(answer.isEmpty || answer.hasPrefix("HTTP/1."), "an answer of HTTP or none: \(answer.prefix(40))")
        #expect(!answer.hasPrefix("HTTP/1.1 500"))
      }
      let health = RawConnection.exchange(port: port, Array("GET /health HTTP/1.0\r\n\r\n".utf8))
      #expect(health?.hasSuffix("ok\n") == true)
    }
  }
}

/// A small generator, so that the noise is the same every time.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
