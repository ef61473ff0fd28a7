import SystemSupport

/// docker-credential-cognito: `get`, `store`, `erase`, `list`, `version` (docker-credential-helpers' protocol, also
/// spoken by podman, buildah and skopeo).
///
/// Errors are text on standard output and exit code 1; clients compare the texts. They also swallow them and go on
/// without a credential, so the reason goes to standard error too, which reaches the user.
package struct DockerCredentialHelper: CredentialHelper {
  package static let version = "docker-credential-cognito (cognito-login) \(Version.current)"

  static let notFound = "credentials not found in native keychain"
  static let noServer = "no credentials server URL"
  static let noUsername = "no credentials username"

  package let action: HelperAction
  private let server: String

  package static func readsInput(_ arguments: [String]) -> Bool {
    arguments == ["get"] || arguments == ["store"] || arguments == ["erase"]
  }

  package static func isComplete(_ input: [UInt8]) -> Bool { false }

  package init(arguments: [String], input: [UInt8]) {
    var server = ""
    switch arguments {
    case ["version"]: action = .reply(HelperReply(output: Array((Self.version + "\n").utf8)))
    case ["list"]: action = .list
    case ["store"]: action = .reply(Self.refuseStore(input))
    case ["get"], ["erase"]:
      server = String(decoding: Self.trimmed(input), as: UTF8.self)
      if server.isEmpty {
        action = .reply(Self.failure(Self.noServer))
      } else if let target = DockerServer.target(server) {
        action = arguments == ["get"] ? .get(target) : .erase(target, onlyIf: nil)
      } else {
        // Not a server of ours, whatever it is; erasing it has succeeded then.
        action = .reply(arguments == ["get"] ? Self.failure(Self.notFound) : .nothing)
      }
    default:
      action = .reply(Self.failure("Usage: docker-credential-cognito <store|get|erase|list|version>"))
    }
    self.server = server
  }

  package func reply(to outcome: HelperOutcome) -> HelperReply {
    switch outcome {
    case .found(let credential):
      let object = JSONText.object([
        ("ServerURL", server), ("Username", credential.username), ("Secret", credential.token),
      ])
      return HelperReply(output: object + [UInt8(ascii: "\n")])
    case .notServed:
      // What isn't there is erased already.
      if case .erase = action { return .nothing }
      return Self.failure(Self.notFound)
    case .unavailable(let reason):
      return Self.failure(Self.notFound, message: "docker-credential-cognito: \(reason)")
    case .erased: return .nothing
    case .listed(let listings):
      return HelperReply(output: JSONText.object(listings.map { ($0.host, $0.username) }) + [UInt8(ascii: "\n")])
    }
  }

  /// `docker login` is not needed, and a password must not seem to be kept that isn't.
  private static func refuseStore(_ input: [UInt8]) -> HelperReply {
    guard let fields = JSONText.strings(in: input) else { return failure("the request is not a JSON object") }
    if fields["ServerURL", default: ""].isEmpty { return failure(noServer) }
    if fields["Username", default: ""].isEmpty { return failure(noUsername) }
    let reason = "nothing is stored: sign in with `cognito login`; `docker login` is not needed"
    return failure(reason, message: "docker-credential-cognito: \(reason)")
  }

  private static func failure(_ text: String, message: String? = nil) -> HelperReply {
    HelperReply(output: Array((text + "\n").utf8), message: message, exitCode: 1)
  }

  private static func trimmed(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
    let isBlank = { (byte: UInt8) in byte == 0x20 || (0x09...0x0d).contains(byte) }
    guard let first = bytes.firstIndex(where: { !isBlank($0) }), let last = bytes.lastIndex(where: { !isBlank($0) })
    else { return [] }
    return bytes[first...last]
  }
}
