import ArgumentParser
import Cognito
import CognitoCredentials
import SystemSupport
import TokenCache

struct ConfigureCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "configure",
    abstract: "Writes a profile: which pool, and which servers its tokens are for.",
    discussion: "Changes what is given and keeps the rest. Asks for pool and client when there is no profile yet.")

  @Option(help: "The profile's name.") var profile = "default"
  @Option(help: "Such as eu-west-1_AbCdEfGhI.") var userPoolID: String?
  @Option(help: "The app client's id.") var clientID: String?
  @Option(help: "A file (mode 0600) that holds the app client's secret.") var clientSecretFile: String?
  @Option(help: "The region, when it isn't the pool id's.") var region: String?
  @Option(help: "Where the pool is, when not at AWS: https://HOST[:PORT], or http on this computer.")
  var endpoint: String?
  @Option(help: "The tokens' issuer, when it isn't the endpoint's.") var issuer: String?
  @Option(help: "Certificates (PEM) to trust for the endpoint, in place of the system's.") var caFile: String?
  @Option(help: "A server that may have the tokens: HOST or HOST:PORT, compared whole. May be repeated.")
  var host: [String] = []
  @Option(help: "Which token servers get: access or id.") var token: String?
  @Option(help: "Where the session rests: auto (by what there is at sign-in), secret-service, kernel or file.")
  var store: String?
  @Option(help: "How git shows the token: bearer or basic, whatever the server offers; auto goes by the server.")
  var gitScheme: String?
  @Option(help: "The user name, so that it isn't asked for.") var username: String?
  @Flag(help: "Remove the profile. The session stays: `cognito logout` first.") var remove = false
  @OptionGroup var output: OutputOptions

  func run() throws {
    let context = CommandContext()
    guard let path = context.directories.profilesFile else {
      throw CommandFailure(.configuration, "HOME is not set, so there is no place for profiles.", code: "noHome")
    }
    let file = ProfileFile(path)
    if remove {
      guard try file.remove(profile) else {
        throw CommandFailure(
          .configuration, "There is no profile `\(printable(profile))` in \(path).", code: "noProfile")
      }
      return try CommandResult(text: "Removed profile \(profile).", json: ["removed": .string(profile)])
        .print(asJSON: output.json)
    }
    let changed = try changed(context.profiles()[profile])
    try file.save(changed)
    try CommandResult(
      text: "Wrote profile \(changed.name) to \(path). Next: `cognito login --profile \(changed.name)`.",
      json: ["profile": .string(changed.name), "file": .string(path)]
    ).print(asJSON: output.json)
  }

  /// The profile with what was given on the command line. The strict reader judges it before it is written.
  private func changed(_ old: Profile?) throws -> Profile {
    guard ProfileRules.isName(profile) else {
      throw CommandFailure(
        .configuration, "A profile's name is 1 to 64 of A-Z a-z 0-9 . _ - and does not start with a dot.",
        code: "unfitName")
    }
    var changed =
      try old
      ?? Profile(
        name: profile,
        userPoolID: userPoolID
          ?? Self.checked(Terminal().ask("User pool id: "), PoolRules.userPoolID, "The user pool id"),
        clientID: clientID ?? Self.checked(Terminal().ask("App client id: "), PoolRules.clientID, "The app client id"))
    func take(
      _ value: String?, _ rule: SettingRule, _ option: String, _ place: WritableKeyPath<Profile, String>
    ) throws(CommandFailure) {
      if let value { changed[keyPath: place] = try Self.checked(value, rule, option) }
    }
    func take(
      _ value: String?, _ rule: SettingRule, _ option: String, _ place: WritableKeyPath<Profile, String?>
    ) throws(CommandFailure) {
      if let value { changed[keyPath: place] = try Self.checked(value, rule, option) }
    }
    try take(userPoolID, PoolRules.userPoolID, "--user-pool-id", \.userPoolID)
    try take(clientID, PoolRules.clientID, "--client-id", \.clientID)
    try take(clientSecretFile, PoolRules.file, "--client-secret-file", \.clientSecretFile)
    try take(region, PoolRules.region, "--region", \.region)
    try take(endpoint, PoolRules.serviceURL, "--endpoint", \.endpoint)
    try take(issuer, PoolRules.serviceURL, "--issuer", \.issuer)
    try take(caFile, PoolRules.file, "--ca-file", \.caFile)
    try take(username, PoolRules.username, "--username", \.username)
    if !host.isEmpty { changed.hosts = host.map(HostName.lowercased) }
    if let token {
      guard let kind = TokenKind(rawValue: token) else { throw ValidationError("--token is access or id") }
      changed.token = kind
    }
    if let gitScheme {
      let kind = Profile.GitScheme(rawValue: gitScheme)
      guard kind != nil || gitScheme == "auto" else { throw ValidationError("--git-scheme is auto, bearer or basic") }
      changed.gitScheme = kind
    }
    if let store {
      guard let kind = Profile.Store(rawValue: store) else {
        throw ValidationError("--store is auto, secret-service, kernel or file")
      }
      changed.store = kind
    }
    return changed
  }

  /// Before anything is written, so that the error names the option, and not a line that isn't there yet.
  private static func checked(
    _ value: String, _ rule: SettingRule, _ option: String
  ) throws(CommandFailure) -> String {
    guard rule.accepts(value) else {
      throw CommandFailure(
        .configuration, "\(option) is unfit: `\(printable(value, maximum: 200))`. It must be \(rule.form).",
        code: "unfitValue")
    }
    return value
  }
}
