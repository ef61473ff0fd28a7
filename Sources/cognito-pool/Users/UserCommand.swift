import ArgumentParser

struct UserCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "user", abstract: "List, make, change and delete users.",
    subcommands: [
      ListUsersCommand.self, AddUser.self, ShowUser.self, SetPassword.self, EnableUser.self, DisableUser.self,
      ConfirmUser.self, RemoveUser.self, ImportUsers.self,
    ])
}
