import FoundationEssentials

/// Credentials from a profile of the files that the AWS tools share (`~/.aws/credentials` and `~/.aws/config`, or
/// where `AWS_SHARED_CREDENTIALS_FILE` and `AWS_CONFIG_FILE` say).
///
/// Profiles with keys and with `credential_process` work. Those that need another AWS service first (`sso_…`,
/// `role_arn`) are refused with a word on what to do: running them as somebody else would be worse.
public struct SharedFileCredentials: AWSCredentialsSource {
  private let profile: String?
  private let surroundings: AWSSurroundings
  private let run: CredentialProcess

  /// - Parameters:
  ///   - profile: the profile's name; `AWS_PROFILE`, or else "default", when not given.
  ///   - surroundings: where to look for files and variables.
  public init(profile: String? = nil, _ surroundings: AWSSurroundings = .process) {
    self.profile = profile
    self.surroundings = surroundings
    run = CredentialProcess(surroundings)
  }

  /// The profile's credentials; `nil` when nobody named a profile and the default one doesn't exist.
  ///
  /// - Throws: ``CognitoError/Code/invalidConfiguration`` for a named profile that doesn't exist or has no usable
  ///   credentials, and for files that can't be read.
  public func find() async throws(CognitoError) -> AWSCredentials? {
    let named = profile ?? surroundings.variable("AWS_PROFILE") ?? surroundings.variable("AWS_DEFAULT_PROFILE")
    let name = named ?? "default"
    let fromCredentials = try profiles("AWS_SHARED_CREDENTIALS_FILE", "~/.aws/credentials", .credentials)?[name]
    let fromConfig = try profiles("AWS_CONFIG_FILE", "~/.aws/config", .config)?[name]
    guard fromCredentials != nil || fromConfig != nil else {
      guard named != nil else { return nil }
      throw CognitoError(.invalidConfiguration, "There is no AWS profile named \"\(name)\".")
    }
    let merged = (fromConfig ?? [:]).merging(fromCredentials ?? [:]) { _, last in last }
    // Keys beside a role are those that may assume it, not those to act with.
    if merged.keys.contains("role_arn") { throw Self.unsupported(name) }
    // As in the AWS tools, the credentials file wins over the config file, and keys win over a process.
    for settings in [fromCredentials, fromConfig] {
      if let settings, let found = try Self.keys(settings, profile: name) { return found }
    }
    if let command = merged["credential_process"], !command.isEmpty {
      return try await run.credentials(command: command)
    }
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
      "The AWS profile \"\(name)\" signs in through SSO or assumes a role, which this library doesn't do. "
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
    let token = settings["aws_session_token"].flatMap { $0.isEmpty ? nil : $0 }
    return AWSCredentials(accessKeyID: id, secretAccessKey: Secret(utf8: secret), sessionToken: token)
  }
}
