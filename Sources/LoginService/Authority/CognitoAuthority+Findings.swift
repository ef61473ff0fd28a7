import Cognito

extension CognitoAuthority {
  /// Whether a claim that is somebody's name can be relied on, from ListUserPoolClients and DescribeUserPoolClient where
  /// AWS credentials are at hand. Sentences for root; none when all is well.
  package func findings(about rule: LoginNameRule) async -> [String] {
    switch rule.claim {
    case .username: []
    case .email: await findings(reading: ["email", "email_verified"])
    case .preferredUsername: await findings(writing: "preferred_username")
    case .custom(let attribute): await findings(writing: attribute)
    }
  }

  private func findings(reading attributes: [String]) async -> [String] {
    guard let client = try? await administrator.appClient(client.clientID),
      let readable = client.settings.readableAttributes
    else { return [] }
    return attributes.filter { name in !readable.contains { $0.rawValue == name } }.map {
      "The app client \(client.id) can't read \($0), so nobody's name can be proved. Add it to its ReadAttributes."
    }
  }

  private func findings(writing attribute: String) async -> [String] {
    do {
      var found: [String] = []
      for try await listed in administrator.appClients() {
        let client = try await administrator.appClient(listed.id)
        // An app client without a list may write every attribute, or every standard one: enough either way.
        let canWrite = client.settings.writableAttributes.map { $0.contains { $0.rawValue == attribute } } ?? true
        guard canWrite else { continue }
        found.append(
          "People can write \(attribute) by the app client \(client.name ?? "") (\(client.id)): whoever does so could take a "
            + "name that nobody has signed in with yet. Take it out of its WriteAttributes.")
      }
      return found
    } catch {
      return [
        "Who can write \(attribute) can't be seen here (\(error.message)): no app client that people use may have it in its "
          + "WriteAttributes. To have it looked up, give AWS credentials that allow cognito-idp:ListUserPoolClients and "
          + "DescribeUserPoolClient to 'cognito-logind --check-config'."
      ]
    }
  }

  private var administrator: UserPoolAdministrator {
    UserPoolAdministrator(
      pool: client.pool, credentials: AWSCredentialsChain.standard(), transport: transport,
      settings: .init(timeout: .seconds(5), attemptTimeout: .seconds(3)))
  }
}
