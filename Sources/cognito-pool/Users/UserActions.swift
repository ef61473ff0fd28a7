import ArgumentParser
import Cognito
import LocalPool

/// A user who is named on the command line.
struct UserArgument: ParsableArguments {
  @Argument(help: "The user's name, alias or sub.") var name: String

  func input(_ pool: PoolRecord) -> [String: JSONValue] {
    ["UserPoolId": .string(pool.id), "Username": .string(name)]
  }
}

struct ShowUser: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "show", abstract: "Show a user.")
  @OptionGroup var options: StateOptions
  @OptionGroup var user: UserArgument

  func run() throws {
    try options.run { desk, pool in
      let answer = try desk.perform("AdminGetUser", user.input(pool))
      let groups = try desk.all("AdminListGroupsForUser", user.input(pool), list: "Groups")
      options.show(.object((answer.object ?? [:]).merging(["Groups": .array(groups)]) { $1 }), lines(answer, groups))
    }
  }
}

extension ShowUser {
  private func lines(_ answer: JSONValue, _ groups: [JSONValue]) -> [String] {
    let state = answer["Enabled"]?.bool == true ? "" : "  disabled"
    let attributes = (answer["UserAttributes"]?.array ?? []).map {
      "  \($0["Name"]?.string ?? ""): \($0["Value"]?.string ?? "")"
    }
    let factors = (answer["UserMFASettingList"]?.array ?? []).compactMap(\.string).joined(separator: ", ")
    let names = groups.compactMap { $0["GroupName"]?.string }.joined(separator: ", ")
    return ["\(answer["Username"]?.string ?? "")  \(answer["UserStatus"]?.string ?? "")\(state)"] + attributes
      + [factors.isEmpty ? "" : "  second factors: \(factors)", names.isEmpty ? "" : "  groups: \(names)"]
      .filter { !$0.isEmpty }
  }
}

struct SetPassword: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "password", abstract: "Set a user's password.",
    discussion: "It is asked for on the terminal, or read as one line from standard input.")
  @OptionGroup var options: StateOptions
  @OptionGroup var user: UserArgument

  @Flag(help: "Let the next sign-in ask for a new password.")
  var temporary = false

  func run() throws {
    let password = try PasswordPrompt.newPassword()
    try options.run { desk, pool in
      var input = user.input(pool)
      input["Password"] = .string(password)
      input["Permanent"] = .bool(!temporary)
      options.show(try desk.perform("AdminSetUserPassword", input), ["set the password of \(user.name)"])
    }
  }
}

struct EnableUser: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "enable", abstract: "Let a user sign in again.")
  @OptionGroup var options: StateOptions
  @OptionGroup var user: UserArgument

  func run() throws {
    try options.run { desk, pool in
      options.show(try desk.perform("AdminEnableUser", user.input(pool)), ["enabled \(user.name)"])
    }
  }
}

struct DisableUser: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "disable", abstract: "Keep a user from signing in.")
  @OptionGroup var options: StateOptions
  @OptionGroup var user: UserArgument

  func run() throws {
    try options.run { desk, pool in
      options.show(try desk.perform("AdminDisableUser", user.input(pool)), ["disabled \(user.name)"])
    }
  }
}

struct ConfirmUser: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "confirm", abstract: "Confirm a user who signed up, without their code.")
  @OptionGroup var options: StateOptions
  @OptionGroup var user: UserArgument

  func run() throws {
    try options.run { desk, pool in
      options.show(try desk.perform("AdminConfirmSignUp", user.input(pool)), ["confirmed \(user.name)"])
    }
  }
}

struct RemoveUser: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "delete", abstract: "Delete a user.")
  @OptionGroup var options: StateOptions
  @OptionGroup var user: UserArgument

  func run() throws {
    try options.run { desk, pool in
      options.show(try desk.perform("AdminDeleteUser", user.input(pool)), ["deleted \(user.name)"])
    }
  }
}
