import ArgumentParser
import Cognito
import LoginProtocol
import SystemSupport

struct AdminCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "admin", abstract: "For root: what this machine's login daemon does.",
    subcommands: [AdminLoginCommand.self, AdminStatusCommand.self])
}

struct AdminLoginCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "login", abstract: "Makes people of the pool known to this machine before their first login.",
    subcommands: [
      Add.self, Remove.self, List.self, Users.self, Sessions.self, Lock.self, Unlock.self, Forget.self, Test.self,
      AdminStatusCommand.self,
    ])

  struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Makes a person known (sshd asks before it lets PAM).")
    @Argument(help: "The login name on this machine.") var name: String
    @Option(
      name: .customLong("user"),
      help: "What the pool knows the person by, if login_name doesn't say so: a user name, verified address or sub.")
    var poolUser: String?
    @OptionGroup var daemon: LoginDaemonOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      let answer = try daemon.ask(.loginAdd(try LoginDaemonOptions.login(name), poolUser: poolUser))
      guard case .report(let document) = answer else { throw LoginDaemonOptions.surprise }
      let report = try JSONValue.parse(Array(document.utf8), maximumDepth: 4)
      var lines = ["\(name) can log in to this machine now."]
      if let asked = report["pool_name"]?.string ?? report["pool_user"]?.string, asked != name {
        lines[0] = "\(name) can log in to this machine now, as \(printable(asked)) of the user pool."
      }
      lines += (report["notes"]?.array ?? []).compactMap(\.string).map { "Note: " + printable($0, maximum: 1000) }
      try CommandResult(text: lines.joined(separator: "\n"), json: report).print(asJSON: output.json)
    }
  }

  struct Remove: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Makes a person unknown again. The home stays.")
    @Argument(help: "The login name on this machine.") var name: String
    @OptionGroup var daemon: LoginDaemonOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      _ = try daemon.ask(.loginRemove(try LoginDaemonOptions.login(name)))
      try CommandResult(text: "\(name) is no longer known to this machine.", json: ["removed": .string(name)])
        .print(asJSON: output.json)
    }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Shows who is known.")
    @OptionGroup var daemon: LoginDaemonOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      let logins = try daemon.logins()
      let names = logins.compactMap { $0["name"]?.string }.map { printable($0) }
      try CommandResult(
        text: names.isEmpty ? "Nobody yet." : names.joined(separator: "\n"), json: ["logins": .array(logins)]
      ).print(asJSON: output.json)
    }
  }
}

struct AdminStatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "status", abstract: "Shows the login daemon's state.")
  @OptionGroup var daemon: LoginDaemonOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    guard case .report(let document) = try daemon.ask(.status) else { throw LoginDaemonOptions.surprise }
    let report = try JSONValue.parse(Array(document.utf8), maximumDepth: 8)
    let lines = (report.object ?? [:]).sorted { $0.key < $1.key }.map { name, value in
      "\(printable(name)): \(printable(value.string ?? String(decoding: value.serialized(), as: UTF8.self)))"
    }
    try CommandResult(text: lines.joined(separator: "\n"), json: report).print(asJSON: output.json)
  }
}

struct LoginDaemonOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Where cognito-logind listens.", visibility: .hidden))
  var socket = LoginClient.defaultSocketPath

  func ask(_ message: LoginMessage) throws -> LoginMessage {
    try LoginClient(socketPath: socket).request(message)
  }

  /// Everybody who is known, page by page.
  func logins() throws -> [JSONValue] {
    var logins: [JSONValue] = []
    var last: LoginName?
    while true {
      guard case .logins(let document, let more) = try ask(.loginList(after: last)) else { throw Self.surprise }
      let page = try JSONValue.parse(Array(document.utf8), maximumDepth: 4).array ?? []
      logins += page
      guard more, let name = page.last?["name"]?.string.flatMap(LoginName.init), name != last else { return logins }
      last = name
    }
  }

  static func login(_ name: String) throws(CommandFailure) -> LoginName {
    guard let login = LoginName(name) else {
      throw CommandFailure(
        .refused,
        "`\(printable(name))` can't be a login name: a-z 0-9 . _ @ -, beginning with a letter, at most 32. Choose one, and "
          + "say what the user pool calls the person with --user.",
        code: "unfitName")
    }
    return login
  }

  static var surprise: CommandFailure { CommandFailure(.daemon, "cognito-logind gave an answer to something else.") }
}
