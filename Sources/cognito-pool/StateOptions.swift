import ArgumentParser
import Cognito
import Glibc
import LocalPool

/// The options of every command that manages a pool's state. They work beside a running server.
struct StateOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Directory of the pool's state, as given to `serve`.", valueName: "directory"))
  var state: String

  @Option(help: ArgumentHelp("Id of the pool. Default: the first one.", valueName: "id"))
  var pool: String?

  @Flag(help: "Print JSON.")
  var json = false

  /// Runs `body` with the state, and says what the pool refuses in a sentence.
  func run(_ body: (PoolDesk, PoolRecord) throws -> Void) throws {
    try run { desk in try body(desk, try desk.pool(pool)) }
  }

  /// The same where there need not be a pool yet.
  ///
  /// - Parameter makesState: whether the directory may be new. A mistyped one is an error elsewhere, not an empty pool.
  func run(makesState: Bool = false, _ body: (PoolDesk) throws -> Void) throws {
    guard makesState || access(state + "/pool.sqlite", F_OK) == 0 else {
      throw Failure(
        "there is no pool in \(state): name the directory that `cognito-pool serve --state` uses, or make a pool there with "
          + "`cognito-pool pool create`")
    }
    do {
      try body(try PoolDesk(stateDirectory: state))
    } catch let error as PoolException {
      let sentence = error.message.split(whereSeparator: \.isNewline).joined(separator: " ")
      throw Failure("\(sentence) (\(error.type))")
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
