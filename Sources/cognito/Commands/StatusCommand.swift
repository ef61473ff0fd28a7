import ArgumentParser
import Cognito
import CognitoCredentials
import FoundationEssentials
import SystemSupport
import TokenCache

struct StatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Shows who is signed in. Unlocks the keyring if need be. Exits with 2 when nobody is.")

  @OptionGroup var profileOptions: ProfileOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let context = CommandContext()
    let profile = try context.profile(named: profileOptions.profile)
    let places = try context.places()
    try places.unlock(profile)
    let held = try await context.provider(for: profile).session()
    let session = held.session
    let place = held.isWaiting ? nil : try places.place(of: profile)
    let cached = context.cache.token(profile.token, of: profile, now: context.now())
    var lines = [
      "profile      \(profile.name)", "signed in as \(printable(session.nameForPeople))",
      "user pool    \(profile.userPoolID)",
      "since        \(Self.time(session.signedInAt))", "session in   \(Self.whereabouts(place))",
      "token        "
        + (cached.map { "cached until \(Self.time($0.expiresAt))" } ?? "none cached, fetched when needed"),
    ]
    if !profile.hosts.isEmpty { lines.append("hosts        \(profile.hosts.joined(separator: ", "))") }
    try CommandResult(
      text: lines.joined(separator: "\n"),
      json: [
        "profile": .string(profile.name), "username": .string(session.username),
        "typed_name": session.typedName.map(JSONValue.string) ?? .null,
        "subject": session.subject.map(JSONValue.string) ?? .null,
        "user_pool_id": .string(profile.userPoolID), "client_id": .string(profile.clientID),
        "signed_in_at": .int(session.signedInAt), "store": .string(place?.rawValue ?? "waiting"),
        "store_setting": .string(profile.store.rawValue),
        "hosts": .array(profile.hosts.map(JSONValue.string)),
        "cached_until": cached.map { .int($0.expiresAt) } ?? .null,
      ]
    ).print(asJSON: output.json)
  }

  private static func whereabouts(_ place: RestingPlace?) -> String {
    guard let place else { return "the kernel's keyring for a day, as its own place can't be written" }
    return "\(place.name): \(place.lifetime)"
  }

  private static func time(_ seconds: Int64) -> String {
    Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601)
  }
}
