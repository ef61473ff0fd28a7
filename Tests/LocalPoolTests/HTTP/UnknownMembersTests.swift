import Cognito
import Logging
import Synchronization
import Testing

@testable import LocalPool

@Suite("members that an operation doesn't know")
struct UnknownMembersTests {
  @Test("are told to the log, each once, and change nothing else")
  func log() throws {
    let harness = try PoolHarness()
    let log = Log()
    let context = try PoolContext(
      store: harness.context.store, outbox: harness.context.outbox, endpoint: "http://127.0.0.1:9",
      logger: Logger(label: "test") { _ in log })
    for _ in 0..<2 {
      let request = PoolRequest(
        method: "POST", target: "/", headers: [("X-Amz-Target", "AWSCognitoIdentityProviderService.CreateUserPool")],
        body: Array(#"{"PoolName":"p","Colour":"red","Sh\u001bape":1}"#.utf8), remoteAddress: "127.0.0.1")
      #expect(Responder.respond(to: request, context).status == 200)
    }
    #expect(
      log.lines.withLock { $0 } == [#"CreateUserPool "Colour""#, #"CreateUserPool "Sh\u{1B}ape""#])
  }
}

private final class Log: LogHandler, Sendable {
  let lines = Mutex<[String]>([])

  func log(event: LogEvent) {
    lines.withLock { $0.append("\(event.metadata?["operation"] ?? "") \(event.metadata?["member"] ?? "")") }
  }

  subscript(metadataKey _: String) -> Logger.Metadata.Value? {
    get { nil }
    set {}
  }
  var metadata: Logger.Metadata {
    get { [:] }
    set {}
  }
  var logLevel: Logger.Level {
    get { .notice }
    set {}
  }
}
