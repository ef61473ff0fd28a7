/// The `AuthenticationResult` of the service, as it came: the tokens are not verified yet.
package struct AuthenticationResult: Sendable {
  package let idToken: String
  package let accessToken: String
  package let refreshToken: Secret?
  package let newDevice: NewDevice?

  /// - Throws: ``CognitoError/Code/malformedResponse``.
  package init(_ json: JSONValue) throws(CognitoError) {
    guard let id = json["IdToken"]?.string, let access = json["AccessToken"]?.string else {
      throw CognitoError(.malformedResponse, "The service's answer lacks a token.")
    }
    idToken = id
    accessToken = access
    refreshToken = json["RefreshToken"]?.string.map(Secret.init(utf8:))
    newDevice = try json["NewDeviceMetadata"].flatMap { (metadata) throws(CognitoError) -> NewDevice? in
      metadata == .null ? nil : try NewDevice(metadata)
    }
  }
}
