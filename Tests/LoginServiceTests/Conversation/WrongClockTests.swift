import Cognito
import LoginProtocol
import LoginService
import Testing

@Suite("a machine whose clock is wrong")
struct WrongClockTests {
  @Test(
    "is told to be so, to the person and in the log, and costs nobody an attempt",
    arguments: [CognitoError.Code.tokenExpired, .tokenNotYetValid], [true, false])
  func told(code: CognitoError.Code, atTheEnd: Bool) async throws {
    let world = try World()
    world.pool.add("alice", .init(password: "right"))
    try await world.know("alice")
    let error = CognitoError(code, "By this machine's clock they are not valid.")
    // The library looks at tokens as they come, and the daemon again.
    if atTheEnd { world.pool.fail(verify: error) } else { world.pool.fail(signIn: error) }
    for _ in 0..<7 {
      let terminal = ScriptedPrompter("right")
      #expect(try await world.converse(.authenticate, terminal).code == .unavailable)
      #expect(terminal.warnings.count == 1 && terminal.warnings[0].contains("timedatectl"))
    }
    #expect(world.log.text.contains("this machine's clock is wrong: see `timedatectl`"))
    #expect(await world.context.leases.count == 0)
  }
}
