/// Every operation by its name, built once from the lists of the folders.
package enum OperationRegistry {
  /// The target prefix of user-pool operations.
  package static let userPoolService = "AWSCognitoIdentityProviderService"
  /// The target prefix of identity-pool operations.
  package static let identityService = "AWSCognitoIdentityService"

  /// To add operations, list them in your folder's own array and add that array here.
  package static let all: [any PoolOperation.Type] = authenticationOperations + managementOperations

  private static let byName: [String: any PoolOperation.Type] = Dictionary(
    all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

  package static func operation(named name: String) -> (any PoolOperation.Type)? { byName[name] }
}
