import ArgumentParser
import Cognito
import LocalPool

struct ClientCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "client", abstract: "List, make and delete app clients.",
    subcommands: [ListClients.self, MakeClient.self, DeleteClient.self])
}

struct ListClients: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "List the app clients.")
  @OptionGroup var options: StateOptions

  func run() throws {
    try options.run { desk, pool in
      let answer = try desk.perform("ListUserPoolClients", ["UserPoolId": .string(pool.id), "MaxResults": 60])
      options.show(
        answer,
        (answer["UserPoolClients"]?.array ?? []).map {
          "\($0["ClientId"]?.string ?? "")  \($0["ClientName"]?.string ?? "")"
        })
    }
  }
}

struct MakeClient: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "create", abstract: "Make an app client.")
  @OptionGroup var options: StateOptions

  @Argument(help: "The client's name.")
  var name: String

  @Flag(help: "Give it a client secret, and print that too.")
  var secret = false

  @Option(help: "JSON file with CreateUserPoolClient's input for the rest of its settings.")
  var settings: String?

  func run() throws {
    let members = try settings.map { try JSONValue.parse(InputFile.read($0)).object ?? [:] } ?? [:]
    try options.run { desk, pool in
      let own: [String: JSONValue] = [
        "UserPoolId": .string(pool.id), "ClientName": .string(name), "GenerateSecret": .bool(secret),
      ]
      let answer = try desk.perform("CreateUserPoolClient", members.merging(own) { $1 })
      let client = answer["UserPoolClient"]
      options.show(answer, ["ClientId", "ClientSecret"].compactMap { client?[$0]?.string })
    }
  }
}

struct DeleteClient: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "delete", abstract: "Delete an app client.")
  @OptionGroup var options: StateOptions

  @Argument(help: "The client's id.")
  var id: String

  func run() throws {
    try options.run { desk, pool in
      options.show(
        try desk.perform("DeleteUserPoolClient", ["UserPoolId": .string(pool.id), "ClientId": .string(id)]),
        ["deleted \(id)"])
    }
  }
}
