import COpenSSL
import FoundationEssentials

/// Credentials of a role from IAM Identity Center, for a profile with `sso_…` settings.
///
/// The token is the one that `aws sso login` has left in `~/.aws/sso/cache`; it is read, never renewed: the file is the
/// AWS tools' own.
struct SSOCredentials: Sendable {
  private let surroundings: AWSSurroundings
  private let transport: any HTTPTransport

  init(_ surroundings: AWSSurroundings, transport: any HTTPTransport) {
    self.surroundings = surroundings
    self.transport = transport
  }

  /// What a profile says, its `[sso-session …]` included.
  struct Settings {
    let profile: String
    let session: String?
    let startURL: String
    let region: String
    let accountID: String
    let role: String

    /// - Returns: `nil` for a profile that names neither role nor account.
    init?(
      profile: String, _ settings: [String: String], session find: (String) -> [String: String]?
    ) throws(CognitoError) {
      guard settings["sso_role_name"] != nil || settings["sso_account_id"] != nil else { return nil }
      var all = settings
      if let name = settings["sso_session"] {
        guard let found = find(name) else {
          throw Self.failure(profile, "there is no [sso-session \(name)]")
        }
        for (key, value) in found {
          guard all[key] == nil || all[key] == value else {
            throw Self.failure(profile, "its \(key) is another one than that of [sso-session \(name)]")
          }
          all[key] = value
        }
      }
      func needed(_ key: String) throws(CognitoError) -> String {
        guard let value = all[key], !value.isEmpty else { throw Self.failure(profile, "it has no \(key)") }
        return value
      }
      self.profile = profile
      session = settings["sso_session"]
      startURL = try needed("sso_start_url")
      region = try needed("sso_region")
      accountID = try needed("sso_account_id")
      role = try needed("sso_role_name")
      guard region.utf8.allSatisfy({ $0 == 0x2d || (0x30...0x39).contains($0) || (0x61...0x7a).contains($0) }) else {
        throw Self.failure(profile, "its sso_region is no region")
      }
    }

    private static func failure(_ profile: String, _ reason: String) -> CognitoError {
      CognitoError(.invalidConfiguration, "The AWS profile \"\(profile)\" can't sign in through SSO: \(reason).")
    }
  }

  func credentials(_ settings: Settings) async throws(CognitoError) -> AWSCredentials {
    let token = try token(settings)
    let query = "role_name=\(QueryString.escape(settings.role))&account_id=\(QueryString.escape(settings.accountID))"
    let request = HTTPRequest(
      method: "GET", url: endpoint(settings) + "/federation/credentials?" + query,
      headers: [.init("Accept", "application/json"), .init("x-amz-sso_bearer_token", token)])
    let response = try await transport.fetch(request, deadline: .now + .seconds(30), attemptTimeout: .seconds(10))
    switch response.status {
    case 200: return try Self.credentials(response.body)
    case 401: throw Self.needsLogin(settings, "is not valid any more")
    case 403, 404:
      throw CognitoError(
        .accessDenied, "IAM Identity Center gives no credentials of the role \(settings.role) to this user.",
        httpStatus: response.status)
    default: throw ServiceError.error(response, now: surroundings.now())
    }
  }

  private func endpoint(_ settings: Settings) -> String {
    let given = surroundings.variable("AWS_ENDPOINT_URL_SSO") ?? surroundings.variable("AWS_ENDPOINT_URL")
    var url = given ?? "https://portal.sso.\(settings.region).\(AWSPartition(region: settings.region).domain)"
    while url.hasSuffix("/") { url.removeLast() }
    return url
  }

  private func token(_ settings: Settings) throws(CognitoError) -> String {
    let name = Digest.hash([Array((settings.session ?? settings.startURL).utf8)], EVP_sha1(), size: 20)
    let path = surroundings.expanded("~/.aws/sso/cache/\(Hex.encode(name)).json")
    guard let bytes = try surroundings.readFile(path) else { throw Self.needsLogin(settings, "isn't there") }
    let document = try? JSONValue.parse(bytes)
    guard let token = document?["accessToken"]?.string, !token.isEmpty,
      token.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }), let end = document?["expiresAt"]?.string.flatMap(Self.moment)
    else { throw Self.needsLogin(settings, "can't be read") }
    guard end > surroundings.now() else { throw Self.needsLogin(settings, "is over") }
    return token
  }

  /// Older tools write "UTC" for "Z".
  private static func moment(_ text: String) -> Date? {
    AWSTimestamp.parse(text.hasSuffix("UTC") ? text.dropLast(3) + "Z" : text)
  }

  private static func credentials(_ body: [UInt8]) throws(CognitoError) -> AWSCredentials {
    let role = try JSONValue.parse(body, maximumBytes: 64 << 10)["roleCredentials"]
    guard let id = role?["accessKeyId"]?.string, !id.isEmpty, let secret = role?["secretAccessKey"]?.string,
      !secret.isEmpty
    else { throw CognitoError(.malformedResponse, "The answer of IAM Identity Center holds no AWS access key.") }
    return AWSCredentials(
      accessKeyID: id, secretAccessKey: Secret(utf8: secret), sessionToken: role?["sessionToken"]?.string,
      expiration: role?["expiration"]?.double.map { Date(timeIntervalSince1970: $0 / 1000) })
  }

  private static func needsLogin(_ settings: Settings, _ reason: String) -> CognitoError {
    CognitoError(
      .credentialsNotFound,
      "The SSO token of the AWS profile \"\(settings.profile)\" \(reason): run "
        + "`aws sso login --profile \(settings.profile)`.")
  }
}
