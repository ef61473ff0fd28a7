import ArgumentParser
import Cognito
import LocalPool

struct GroupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "group", abstract: "List, make and delete groups, and say who is in them.",
    subcommands: [
      ListGroupsCommand.self, MakeGroup.self, RemoveGroup.self, AddMember.self, RemoveMember.self, ListMembers.self,
    ])
}

struct ListGroupsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "List the groups.")
  @OptionGroup var options: StateOptions

  func run() throws {
    try options.run { desk, pool in
      let groups = try desk.all("ListGroups", ["UserPoolId": .string(pool.id)], list: "Groups")
      options.show(["Groups": .array(groups)], groups.compactMap { $0["GroupName"]?.string })
    }
  }
}

struct MakeGroup: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "create", abstract: "Make a group.")
  @OptionGroup var options: StateOptions
  @Argument(help: "The group's name.") var name: String

  func run() throws {
    try options.run { desk, pool in
      options.show(
        try desk.perform("CreateGroup", ["UserPoolId": .string(pool.id), "GroupName": .string(name)]), ["made \(name)"])
    }
  }
}

struct RemoveGroup: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "delete", abstract: "Delete a group; its users stay.")
  @OptionGroup var options: StateOptions
  @Argument(help: "The group's name.") var name: String

  func run() throws {
    try options.run { desk, pool in
      options.show(
        try desk.perform("DeleteGroup", ["UserPoolId": .string(pool.id), "GroupName": .string(name)]),
        ["deleted \(name)"])
    }
  }
}

/// A group and a user in it.
struct MemberArguments: ParsableArguments {
  @Argument(help: "The group's name.") var group: String
  @Argument(help: "The user's name.") var user: String

  func input(_ pool: PoolRecord) -> [String: JSONValue] {
    ["UserPoolId": .string(pool.id), "GroupName": .string(group), "Username": .string(user)]
  }
}

struct AddMember: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "add", abstract: "Put a user into a group.")
  @OptionGroup var options: StateOptions
  @OptionGroup var member: MemberArguments

  func run() throws {
    try options.run { desk, pool in
      options.show(
        try desk.perform("AdminAddUserToGroup", member.input(pool)), ["\(member.user) is in \(member.group)"])
    }
  }
}

struct RemoveMember: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "remove", abstract: "Take a user out of a group.")
  @OptionGroup var options: StateOptions
  @OptionGroup var member: MemberArguments

  func run() throws {
    try options.run { desk, pool in
      options.show(
        try desk.perform("AdminRemoveUserFromGroup", member.input(pool)), ["\(member.user) isn't in \(member.group)"])
    }
  }
}

struct ListMembers: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "members", abstract: "List the users of a group.")
  @OptionGroup var options: StateOptions
  @Argument(help: "The group's name.") var name: String

  func run() throws {
    try options.run { desk, pool in
      let users = try desk.all(
        "ListUsersInGroup", ["UserPoolId": .string(pool.id), "GroupName": .string(name)], list: "Users")
      options.show(["Users": .array(users)], users.compactMap { $0["Username"]?.string })
    }
  }
}
