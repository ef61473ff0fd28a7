import ArgumentParser
import Cognito
import LocalPool

struct ClientCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "client", abstract: "List, show, make and delete app clients.",
    subcommands: [ListClients.self, ShowClient.self, MakeClient.self, DeleteClient.self])
}

struct ShowClient: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show an app client's settings, with its secret.")
  @OptionGroup var options: StateOptions

  @Argument(help: "The client's id.")
  var id: String

  func run() throws {
    try options.run { desk, pool in
      let answer = try desk.perform(
        "DescribeUserPoolClient", ["UserPoolId": .string(pool.id), "ClientId": .string(id)])
      let settings = (answer["UserPoolClient"]?.object ?? [:]).sorted { $0.key < $1.key }
      options.show(
        answer,
        settings.map { "\($0.key): \($0.value.string ?? String(decoding: $0.value.serialized(), as: UTF8.self))" })
    }
  }
}

struct ListClients: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "List the app clients.")
  @OptionGroup var options: StateOptions

  func run() throws {
    try options.run { desk, pool in
      let clients = try desk.all(
        "ListUserPoolClients", ["UserPoolId": .string(pool.id)], list: "UserPoolClients", limit: "MaxResults")
      options.show(
        ["UserPoolClients": .array(clients)],
        clients.map { "\($0["ClientId"]?.string ?? "")  \($0["ClientName"]?.string ?? "")" })
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

  @Option(
    help: ArgumentHelp("JSON file with CreateUserPoolClient's input for the rest of its settings.", valueName: "file"))
  var settings: String?

  func run() throws {
    let members = try settings.map { try InputFile.object($0) } ?? [:]
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
