import Cognito
import FoundationEssentials
import LocalPool
import Testing

@Suite("The same flows against several servers", .serialized)
struct FlowTests {
  @Test("cognito-pool", arguments: Flow.all)
  func cognitoPool(_ flow: Flow) async throws {
    let triggers = FlowTriggers(flow.triggers)
    defer { withExtendedLifetime(triggers) {} }
    var configuration = LocalUserPool.Configuration()
    configuration.triggers = triggers.map
    configuration.allowsControl = true
    configuration.showsAdminPages = true
    let pool = try await LocalUserPool.start(configuration)
    do {
      try await flow.run(FlowTarget(endpoint: pool.endpoint, local: pool, poolSettings: flow.poolSettings))
    } catch {
      Issue.record(error)
    }
    await pool.stop()
  }

  /// One server for all flows: starting it takes seconds.
  @Test("moto", .enabled(if: MotoServer.isInstalled, "moto_server is not installed"))
  func moto() async throws {
    let server = try await MotoServer()
    for flow in Flow.all {
      let run: () async throws -> Void = {
        try await flow.run(
          FlowTarget(
            endpoint: server.endpoint, issuer: "https://cognito-idp.us-east-1.amazonaws.com", local: nil,
            poolSettings: flow.poolSettings))
      }
      if let lack = flow.motoLacks {
        // When moto learns it, this fails, and the table is to be changed.
        await withKnownIssue("\(flow.name): moto: \(lack)") { try await run() }
      } else {
        do { try await run() } catch { Issue.record(error, "\(flow.name)") }
      }
    }
  }

  @Test("docs/tested-against.md says what these tests do")
  func table() throws {
    let path = Repository.root + "/docs/tested-against.md"
    let text = Self.document
    if ProcessInfo.processInfo.environment["UPDATE_DOCS"] != nil {
      try Data(text.utf8).write(to: URL(filePath: path))
    }
    let written = try String(contentsOf: URL(filePath: path), encoding: .utf8)
    #expect(written == text, "run the tests once with UPDATE_DOCS=1")
  }

  private static var document: String {
    let rows = Flow.all.map { flow in
      "| \(flow.name) | yes | \(flow.motoLacks.map { "no: \($0)" } ?? "yes") |"
    }
    return """
      # What was tested against what

      Made by `UPDATE_DOCS=1 swift test --filter FlowTests` from the list of flows in `Tests/CognitoTests/Flows`; a test
      fails when it is out of date. Each flow is run by the library, over HTTP, from the first call to the last.

      - cognito-pool: the server of this repository, in the same process.
      - moto: `moto_server` (PyPI, 5.2). "no" says what it lacks; the flow is run there as well, and the test fails when it
        begins to work.

      Amazon Cognito itself was not reachable when these were run; what it does is taken from its API model, its
      documentation and the clients that others test against it.

      | flow | cognito-pool | moto |
      |---|---|---|
      \(rows.joined(separator: "\n"))

      """
  }
}
