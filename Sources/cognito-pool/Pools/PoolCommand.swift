import ArgumentParser
import Cognito
import LocalPool

struct PoolCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pool", abstract: "List, make and delete user pools.",
    subcommands: [ListPools.self, MakePool.self, DeletePool.self])
}

struct ListPools: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "List the pools.")
  @OptionGroup var options: StateOptions

  func run() throws {
    try options.run { desk in
      let pools = try desk.all("ListUserPools", [:], list: "UserPools", limit: "MaxResults")
      options.show(
        ["UserPools": .array(pools)], pools.map { "\($0["Id"]?.string ?? "")  \($0["Name"]?.string ?? "")" })
    }
  }
}

struct MakePool: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "create", abstract: "Make a pool.")
  @OptionGroup var options: StateOptions

  @Argument(help: "The pool's name.")
  var name: String

  @Option(help: ArgumentHelp("JSON file with CreateUserPool's input for the rest of its settings.", valueName: "file"))
  var settings: String?

  func run() throws {
    let members = try settings.map { try InputFile.object($0) } ?? [:]
    try options.run(makesState: true) { desk in
      let answer = try desk.perform("CreateUserPool", members.merging(["PoolName": .string(name)]) { $1 })
      options.show(answer, [answer["UserPool"]?["Id"]?.string ?? ""])
    }
  }
}

struct DeletePool: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "delete", abstract: "Delete a pool and all that is in it.")
  @OptionGroup var options: StateOptions

  @Argument(help: "The pool's id.")
  var id: String

  func run() throws {
    try options.run { desk in
      options.show(try desk.perform("DeleteUserPool", ["UserPoolId": .string(id)]), ["deleted \(id)"])
    }
  }
}
