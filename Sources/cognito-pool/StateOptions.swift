import ArgumentParser
import Cognito
import LocalPool

/// The options of every command that manages a pool's state. They work beside a running server.
struct StateOptions: ParsableArguments {
  @Option(help: "Directory of the pool's state, as given to `serve`.")
  var state: String

  @Option(help: "Id of the pool. Default: the first one.")
  var pool: String?

  @Flag(help: "Print JSON.")
  var json = false

  /// Runs `body` with the state, and says what the pool refuses in a sentence.
  func run(_ body: (PoolDesk, PoolRecord) throws -> Void) throws {
    try run { desk in try body(desk, try desk.pool(pool)) }
  }

  /// The same where there need not be a pool yet.
  func run(_ body: (PoolDesk) throws -> Void) throws {
    do {
      try body(try PoolDesk(stateDirectory: state))
    } catch let error as ServiceError {
      throw Failure("\(error.message) (\(error.type))")
    } catch let error as SQLiteError {
      throw Failure("\(error)")
    } catch let error as ImportError {
      throw Failure("\(error)")
    }
  }

  /// Prints an answer as JSON, or else the lines.
  func show(_ answer: JSONValue, _ lines: @autoclosure () -> [String]) {
    if json {
      print(String(decoding: answer.serialized(), as: UTF8.self))
    } else {
      for line in lines() { print(line) }
    }
  }
}
