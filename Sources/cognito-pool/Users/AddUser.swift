import ArgumentParser
import Cognito
import LocalPool

struct AddUser: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Make a user.",
    discussion: "The password is asked for on the terminal, or read as one line from standard input.")
  @OptionGroup var options: StateOptions

  @Argument(help: "The user's name.")
  var name: String

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("An attribute, e.g. email=ada@example.com. May be repeated.", valueName: "name=value"))
  var attribute: [String] = []

  @Option(name: .shortAndLong, help: "A group to put the user into; made when it isn't there. May be repeated.")
  var group: [String] = []

  @Flag(help: "Let the first sign-in ask for a new password.")
  var temporary = false

  func run() throws {
    let attributes = try attribute.map { text -> JSONValue in
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2 else { throw Failure("--attribute takes NAME=VALUE, not \(text)") }
      return ["Name": .string(parts[0]), "Value": .string(parts[1])]
    }
    let password = try PasswordPrompt.newPassword()
    try options.run { desk, pool in
      let named: [String: JSONValue] = ["UserPoolId": .string(pool.id), "Username": .string(name)]
      var creation = named
      creation["UserAttributes"] = .array(attributes)
      creation["MessageAction"] = "SUPPRESS"
      creation["TemporaryPassword"] = .string(password)
      let answer = try desk.perform("AdminCreateUser", creation)
      if !temporary {
        let permanent: [String: JSONValue] = ["Password": .string(password), "Permanent": true]
        try desk.perform("AdminSetUserPassword", named.merging(permanent) { $1 })
      }
      for group in group { try join(group, named, desk, pool) }
      options.show(answer, ["made \(name)"])
    }
  }

  private func join(
    _ group: String, _ named: [String: JSONValue], _ desk: PoolDesk, _ pool: PoolRecord
  ) throws {
    do {
      try desk.perform("CreateGroup", ["UserPoolId": .string(pool.id), "GroupName": .string(group)])
    } catch let error as PoolException where error.type == "GroupExistsException" {
      // It was there.
    }
    try desk.perform("AdminAddUserToGroup", named.merging(["GroupName": .string(group)]) { $1 })
  }
}
