import FoundationEssentials

/// Credentials from a profile of the files that the AWS tools share (`~/.aws/credentials` and `~/.aws/config`, or
/// where `AWS_SHARED_CREDENTIALS_FILE` and `AWS_CONFIG_FILE` say).
///
/// The files are read as botocore reads them. Profiles with keys, with `credential_process` and with the `sso_…` of IAM
/// Identity Center work. Those that assume a role (`role_arn`) or sign in by `aws login` are refused with a word on what
/// to do: running them as somebody else would be worse.
public struct SharedFileCredentials: AWSCredentialsSource {
  private let profile: String?
  private let surroundings: AWSSurroundings
  private let run: CredentialProcess
  private let sso: SSOCredentials

  /// - Parameters:
  ///   - profile: the profile's name; when not given, `AWS_DEFAULT_PROFILE`, `AWS_PROFILE`, or else "default".
  ///   - surroundings: where to look for files and variables.
  ///   - transport: how to reach IAM Identity Center, for profiles that sign in there.
  public init(
    profile: String? = nil, _ surroundings: AWSSurroundings = .process, transport: any HTTPTransport = CurlTransport()
  ) {
    self.profile = profile
    self.surroundings = surroundings
    run = CredentialProcess(surroundings)
    sso = SSOCredentials(surroundings, transport: transport)
  }

  /// The profile's credentials; `nil` when nobody named a profile and the default one doesn't exist.
  ///
  /// - Throws: ``CognitoError/Code/invalidConfiguration`` for a named profile that doesn't exist or has no usable
  ///   credentials, and for files that can't be read; ``CognitoError/Code/credentialsNotFound`` where `aws sso login`
  ///   must be run first.
  public func find() async throws(CognitoError) -> AWSCredentials? {
    let named = profile ?? surroundings.variable("AWS_DEFAULT_PROFILE") ?? surroundings.variable("AWS_PROFILE")
    let name = named ?? "default"
    let fromCredentials = try profiles("AWS_SHARED_CREDENTIALS_FILE", "~/.aws/credentials", .credentials)?[name]
    let config = try profiles("AWS_CONFIG_FILE", "~/.aws/config", .config)
    let fromConfig = config?[name]
    guard fromCredentials != nil || fromConfig != nil else {
      guard named != nil else { return nil }
      throw CognitoError(.invalidConfiguration, "There is no AWS profile named \"\(name)\".")
    }
    let merged = (fromConfig ?? [:]).merging(fromCredentials ?? [:]) { _, last in last }
    // Keys beside a role are those that may assume it, not those to act with.
    if merged.keys.contains("role_arn") { throw Self.unsupported(name) }
    // The order is the AWS tools' own.
    if let settings = try SSOCredentials.Settings(profile: name, merged, session: { config?.session($0) }) {
      return try await sso.credentials(settings)
    }
    if let settings = fromCredentials, let found = try Self.keys(settings, profile: name) { return found }
    if merged["login_session"] != nil { throw Self.unsupported(name) }
    if let command = merged["credential_process"], !command.isEmpty {
      return try await run.credentials(command: command)
    }
    if let settings = fromConfig, let found = try Self.keys(settings, profile: name) { return found }
    if merged.keys.contains(where: { $0 == "credential_source" || $0.hasPrefix("sso_") }) {
      throw Self.unsupported(name)
    }
    if named != nil {
      throw CognitoError(.invalidConfiguration, "The AWS profile \"\(name)\" holds no credentials.")
    }
    return nil
  }

  private static func unsupported(_ name: String) -> CognitoError {
    CognitoError(
      .invalidConfiguration,
      "The AWS profile \"\(name)\" assumes a role or signs in in a way that this library doesn't know. "
        + "Put `credential_process = aws configure export-credentials --profile \(name)` into a profile of its own.")
  }

  private func profiles(
    _ variable: String, _ standard: String, _ kind: AWSProfiles.Kind
  ) throws(CognitoError) -> AWSProfiles? {
    let path = surroundings.expanded(surroundings.variable(variable) ?? standard)
    guard !path.hasPrefix("~"), let bytes = try surroundings.readFile(path) else { return nil }
    return try AWSProfiles(bytes, kind: kind, path: path)
  }

  private static func keys(
    _ settings: [String: String], profile: String
  ) throws(CognitoError) -> AWSCredentials? {
    let id = settings["aws_access_key_id"].flatMap { $0.isEmpty ? nil : $0 }
    let secret = settings["aws_secret_access_key"].flatMap { $0.isEmpty ? nil : $0 }
    if id == nil, secret == nil { return nil }
    guard let id, let secret else {
      throw CognitoError(.invalidConfiguration, "The AWS profile \"\(profile)\" holds half an access key.")
    }
    let token = (settings["aws_security_token"] ?? settings["aws_session_token"]).flatMap { $0.isEmpty ? nil : $0 }
    guard [id, secret, token ?? ""].allSatisfy({ $0.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7f } }) else {
      throw CognitoError(
        .invalidConfiguration, "The AWS profile \"\(profile)\" has a key of several lines: check what is indented.")
    }
    return AWSCredentials(accessKeyID: id, secretAccessKey: Secret(utf8: secret), sessionToken: token)
  }
}
