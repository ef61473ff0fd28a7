import Cognito

extension ResourceRecord {
  static let brandingMembers = ["UseCognitoProvidedValues", "Settings", "Assets"]

  /// `ManagedLoginBrandingType`, which doesn't name the client.
  var brandingJSON: JSONValue {
    var shown = members
    shown["ClientId"] = nil
    shown["ManagedLoginBrandingId"] = .string(name)
    shown["UserPoolId"] = .string(poolID)
    shown["UseCognitoProvidedValues"] = shown["UseCognitoProvidedValues"] ?? false
    shown["CreationDate"] = .time(createdAt)
    shown["LastModifiedDate"] = .time(modifiedAt)
    return .object(shown)
  }

  /// Cognito's own look and one's own exclude each other.
  static func checkBranding(_ input: OperationInput) throws(PoolException) {
    guard try input.bool("UseCognitoProvidedValues") else { return }
    guard input["Settings"] == nil, input["Assets"] == nil else {
      throw .invalidParameter("UseCognitoProvidedValues can't be combined with Settings or Assets.")
    }
  }
}
