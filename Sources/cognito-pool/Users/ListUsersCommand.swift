import ArgumentParser
import Cognito
import LocalPool

struct ListUsersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "List the users.")
  @OptionGroup var options: StateOptions

  @Option(help: "A filter as ListUsers takes it, e.g. 'email ^= \"ada\"'.")
  var filter: String?

  func run() throws {
    try options.run { desk, pool in
      var input: [String: JSONValue] = ["UserPoolId": .string(pool.id)]
      input["Filter"] = filter.map { .string($0) }
      let users = try desk.all("ListUsers", input, list: "Users", token: "PaginationToken")
      options.show(
        ["Users": .array(users)],
        users.map { user in
          let state = user["Enabled"]?.bool == true ? "" : "  disabled"
          return "\(user["Username"]?.string ?? "")  \(user["UserStatus"]?.string ?? "")\(state)"
        })
    }
  }
}
