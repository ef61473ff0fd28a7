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
    do throws(CognitoError) {
      let client = try await administrator.appClient(client.clientID)
      guard let readable = client.settings.readableAttributes else { return [] }
      return attributes.filter { name in !readable.contains { $0.rawValue == name } }.map {
        "The app client \(client.id) can't read \($0), so nobody's name can be proved. Add it to its ReadAttributes."
      }
    } catch {
      return [
        "Whether the app client can read \(attributes.joined(separator: " and ")) can't be seen here (\(error.message)): both "
          + "must be in its ReadAttributes, if it has a list of them. " + Self.howToLookUp
      ]
    }
  }

  private func findings(writing attribute: String) async -> [String] {
    let administrator = administrator
    let own: AppClient
    do throws(CognitoError) { own = try await administrator.appClient(client.clientID) } catch {
      return [
        "Who can write \(attribute) can't be seen here (\(error.message)): no app client that people use may have it in its "
          + "WriteAttributes. " + Self.howToLookUp
      ]
    }
    var found = finding(own, writing: attribute)
    do {
      for try await listed in administrator.appClients() where listed.id != own.id {
        found += finding(try await administrator.appClient(listed.id), writing: attribute)
      }
    } catch {
      found.append(
        "Whether people can write \(attribute) by another app client of the pool can't be seen here: \(error.message)")
    }
    return found
  }

  private func finding(_ client: AppClient, writing attribute: String) -> [String] {
    // An app client without a list may write every attribute, or every standard one: enough either way.
    let canWrite = client.settings.writableAttributes.map { $0.contains { $0.rawValue == attribute } } ?? true
    guard canWrite else { return [] }
    return [
      "People can write \(attribute) by the app client \(client.name ?? "") (\(client.id)): whoever does so could take a name "
        + "that nobody has signed in with yet. Take it out of its WriteAttributes."
    ]
  }

  private static let howToLookUp =
    "To have it looked up, give AWS credentials that allow cognito-idp:DescribeUserPoolClient and ListUserPoolClients to "
    + "'cognito-logind --check-config'."

  private var administrator: UserPoolAdministrator {
    UserPoolAdministrator(
      pool: client.pool, credentials: AWSCredentialsChain.standard(), transport: transport,
      settings: .init(timeout: .seconds(5), attemptTimeout: .seconds(3)))
  }
}

extension LoginConfiguration {
  /// What the pool's own settings say about names, for `--check-config`: sentences for root; none when all is well.
  package func findings() async -> [String] {
    do {
      let authority = try CognitoAuthority(pool)
      return try await Deadline.run(.seconds(15)) { [login] in await authority.findings(about: login.name) }
    } catch {
      return ["The user pool can't be asked: \((error as? CognitoError)?.message ?? "\(error)")"]
    }
  }
}
