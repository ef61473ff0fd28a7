import Cognito
import Testing

@testable import LocalPool

@Suite("programs in place of Lambda functions")
struct TriggerProgramTests {
  private func run(_ script: String, input: [UInt8] = [], seconds: Double = 5) -> Result<
    [UInt8], TriggerProgram.Failure
  > {
    TriggerProgram.run(["/bin/sh", "-c", script], input: input, seconds: seconds)
  }

  @Test("a program reads its input and answers, however long both are")
  func exchange() {
    let input = [UInt8](repeating: UInt8(ascii: "x"), count: 300_000)
    #expect(run("cat", input: input) == .success(input))
  }

  @Test("a program that doesn't read its input may answer all the same")
  func ignoresInput() {
    let input = [UInt8](repeating: 0, count: 1_000_000)
    #expect(run("echo yes", input: input) == .success(Array("yes\n".utf8)))
  }

  @Test("another exit status than 0 is a refusal, with the first line of the complaint")
  func refusal() {
    #expect(run("echo 'not you' >&2; echo more >&2; exit 3") == .failure(.refused("not you")))
  }

  @Test("a program that hangs is ended, and what it started with it")
  func timeOut() {
    let start = ContinuousClock.now
    #expect(run("sleep 60 & sleep 60", seconds: 0.2) == .failure(.timedOut))
    #expect(ContinuousClock.now - start < .seconds(40))
  }

  @Test("a program that has answered, and doesn't end, has not answered in time")
  func lingering() {
    let start = ContinuousClock.now
    #expect(run("echo '{}'; exec >&- 2>&-; sleep 25", seconds: 0.2) == .failure(.timedOut))
    #expect(ContinuousClock.now - start < .seconds(10))
  }

  @Test("an answer counts when the program has exited, whatever it left running")
  func leftBehind() {
    let start = ContinuousClock.now
    #expect(run("sleep 25 & echo yes", seconds: 20) == .success(Array("yes\n".utf8)))
    #expect(ContinuousClock.now - start < .seconds(10))
  }

  @Test("a program that isn't there, is killed, or never stops talking is an error")
  func broken() {
    #expect(
      TriggerProgram.run(["/nonexistent"], input: [], seconds: 1) == .failure(.broken("/nonexistent can't be run")))
    #expect(run("kill -9 $$") == .failure(.broken("signal 9")))
    #expect(run("cat /dev/zero") == .failure(.broken("too long an answer")))
  }

  @Test("a triggers file must name absolute paths")
  func relativePath() {
    #expect(throws: TriggerMapError.self) { try TriggerMap(json: Array(#"{"PreSignUp":{"command":["sh"]}}"#.utf8)) }
    #expect(throws: TriggerMapError.self) { try TriggerMap(json: Array(#"{"PreSignUp":{}}"#.utf8)) }
    #expect(throws: TriggerMapError.self) { try TriggerMap(json: Array("[]".utf8)) }
  }
}
