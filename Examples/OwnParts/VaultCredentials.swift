// AWS credentials from a store of the program's own.

import Cognito

extension CognitoError.Code {
  /// A failure that no code of the library's fits: codes are an open set.
  static let vaultSealed = Self(rawValue: "vaultSealed")
}

/// Stands for any store of secrets.
struct Vault: Sendable {
  var isSealed = false
  var keys: [String: String] = [:]
}

/// In a chain, `nil` lets the next place be asked; a place that is set up and doesn't work ends the search.
struct VaultCredentials: AWSCredentialsSource {
  let vault: Vault

  func find() async throws(CognitoError) -> AWSCredentials? {
    guard !vault.isSealed else { throw CognitoError(.vaultSealed, "The vault is sealed.") }
    guard let id = vault.keys["id"], let secret = vault.keys["secret"] else { return nil }
    return AWSCredentials(accessKeyID: id, secretAccessKey: Secret(utf8: secret))
  }
}
