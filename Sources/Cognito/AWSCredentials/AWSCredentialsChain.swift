/// Asks several places in turn, as the AWS tools do; the first that has credentials counts.
public struct AWSCredentialsChain: AWSCredentialsSource {
  private let providers: [any AWSCredentialsSource]

  /// - Parameter providers: the places, the first to ask first.
  public init(_ providers: [any AWSCredentialsSource]) {
    self.providers = providers
  }

  /// Credentials of the first place that has any.
  ///
  /// - Throws: what a place throws: one that is set up and doesn't work ends the search.
  public func find() async throws(CognitoError) -> AWSCredentials? {
    for provider in providers {
      if let found = try await provider.find() { return found }
    }
    return nil
  }

  /// The usual places: environment, shared files, container metadata, instance metadata. They are kept until shortly
  /// before they end.
  ///
  /// - Parameters:
  ///   - profile: a profile of the shared files. When it is named, the environment's access key is not looked at.
  ///   - surroundings: where to look for variables and files.
  ///   - transport: how to ask metadata services.
  public static func standard(
    profile: String? = nil, surroundings: AWSSurroundings = .process,
    transport: any HTTPTransport = CurlTransport.metadata
  ) -> any AWSCredentialsProvider {
    var providers: [any AWSCredentialsSource] = []
    if profile == nil { providers.append(EnvironmentCredentials(surroundings)) }
    providers.append(SharedFileCredentials(profile: profile, surroundings))
    providers.append(ContainerCredentials(surroundings, transport: transport))
    providers.append(InstanceMetadataCredentials(surroundings, transport: transport))
    return CachedCredentials(AWSCredentialsChain(providers), now: surroundings.now)
  }
}
