import Cognito
import SystemSupport
import TestSupport
import Testing

@Suite("The user agent")
struct UserAgentTests {
  private static let product = "cognito-login/\(Version.current)"

  @Test("it names library and system, and the program and machine that were given")
  func parts() {
    #expect(UserAgent().header == "\(Self.product) (Linux)")
    #expect(UserAgent(program: "cognito").header == "\(Self.product) (cognito; Linux)")
    #expect(UserAgent(program: "cognito", device: "laptop").header == "\(Self.product) (cognito; laptop; Linux)")
    #expect(UserAgent(program: "", device: "laptop").header == "\(Self.product) (laptop; Linux)")
    #expect(UserAgent.thisMachine(program: "x").header.hasPrefix("\(Self.product) (x; "))
  }

  @Test(
    "nothing breaks out of its place",
    arguments: [
      "a\r\nX-Evil: 1", "a) evil/1 (", "a; b", "a\\", "é", "\u{0}", "a\u{7f}", "\u{202E}x", "日本", "e\u{301}",
    ])
  func hostile(_ text: String) {
    let header = UserAgent(program: text, device: text).header
    #expect(header.utf8.allSatisfy { (0x20...0x7e).contains($0) })
    #expect(header.filter { $0 == "(" }.count == 1)
    #expect(header.filter { $0 == ")" }.count == 1)
    #expect(header.hasSuffix("; Linux)"))
    #expect(header.filter { $0 == ";" }.count == 2)
    #expect(!header.contains("\\"))
  }

  @Test("it has an end")
  func length() {
    let long = String(repeating: "x", count: 10_000)
    let header = UserAgent(program: long, device: long).header
    #expect(
      header == "\(Self.product) (\(String(repeating: "x", count: 64)); \(String(repeating: "x", count: 64)); Linux)")
  }

  @Test("it is sent as the transport's settings say")
  func sent() async throws {
    let server = LoopbackServer { connection in
      while let (head, _) = connection.readRequest() { connection.answer(head) }
    }
    for agent in [UserAgent(), UserAgent(program: "p\n", device: "d")] {
      let transport = CurlTransport(.init(userAgent: agent))
      let response = try await transport.send(
        HTTPRequest(method: "GET", url: server.url), deadline: .now + .seconds(10))
      #expect(String(decoding: response.body, as: UTF8.self).contains("\r\nUser-Agent: \(agent.header)\r\n"))
    }
  }
}
