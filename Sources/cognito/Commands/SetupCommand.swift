import ArgumentParser
import Cognito
import SystemSupport
import TokenCache

struct SetupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "setup", abstract: "Shows what makes git or docker ask us for the profile's servers.",
    subcommands: [Git.self, Docker.self])

  struct Git: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Prints the git commands, one a line: `cognito setup git | sh` runs them.")
    @OptionGroup var profileOptions: ProfileOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      let hosts = try SetupCommand.hosts(profileOptions)
      // Hosts are letters, digits, dots, dashes, brackets and colons by the reader's rules; quoted all the same.
      let commands = hosts.flatMap { host in
        let key = "'credential.\(HostName.isLoopback(host) ? "http" : "https")://\(host).helper'"
        // The empty one takes earlier helpers off git's list: they would be given our tokens to keep, on a disk.
        return ["git config --global --replace-all \(key) ''", "git config --global --add \(key) cognito"]
      }
      try CommandResult(
        text: commands.joined(separator: "\n"), json: ["commands": .array(commands.map(JSONValue.string))]
      ).print(asJSON: output.json)
    }
  }

  struct Docker: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Prints what belongs into ~/.docker/config.json (or ~/.config/containers/auth.json).")
    @OptionGroup var profileOptions: ProfileOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      let hosts = try SetupCommand.hosts(profileOptions)
      let helpers = Dictionary(hosts.map { ($0, JSONValue.string("cognito")) }) { first, _ in first }
      let value: JSONValue = ["credHelpers": .object(helpers)]
      try CommandResult(text: String(decoding: value.serialized(), as: UTF8.self), json: value)
        .print(asJSON: output.json)
    }
  }

  private static func hosts(_ options: ProfileOptions) throws -> [String] {
    let profile = try CommandContext().profile(named: options.profile)
    guard !profile.hosts.isEmpty else {
      throw CommandFailure(
        .configuration, "Profile `\(profile.name)` names no servers. Add some with `cognito configure --host HOST`.",
        code: "noHosts")
    }
    return profile.hosts
  }
}
