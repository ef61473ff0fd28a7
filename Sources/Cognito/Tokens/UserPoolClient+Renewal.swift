/// Which operation renews tokens.
@nonexhaustive
public enum RenewalOperation: Sendable, Hashable {
  /// GetTokensFromRefreshToken, and REFRESH_TOKEN_AUTH where a server doesn't know the former.
  case automatic
  /// GetTokensFromRefreshToken: works with rotation on and off.
  case getTokensFromRefreshToken
  /// InitiateAuth with REFRESH_TOKEN_AUTH: refused when rotation is on.
  case refreshTokenAuth
}

extension UserPoolClient {
  /// Renews a user's tokens.
  ///
  /// With rotation on, the set has a new refresh token, and the old one stops working after a grace period of at most
  /// a minute: save the new one before doing anything else, and never renew twice at a time with the same token
  /// (``UserSession`` sees to both).
  ///
  /// - Parameters:
  ///   - refreshToken: from the sign-in or the last renewal.
  ///   - username: ``TokenSet/username``, needed by clients that have a secret.
  ///   - deviceKey: ``TokenSet/deviceKey``, needed in pools that track devices.
  ///   - operation: which of the service's two to use.
  /// - Throws: ``CognitoError/Code/refreshTokenRejected`` or ``CognitoError/Code/refreshTokenReuse`` when the user must
  ///   sign in again; anything else may pass.
  public func renew(
    refreshToken: Secret, username: String, deviceKey: String? = nil, with operation: RenewalOperation = .automatic
  ) async throws(CognitoError) -> TokenSet {
    try await CognitoError.typed {
      try await renew(refreshToken: refreshToken, username: username, deviceKey: deviceKey, with: operation) { _ in }
    }
  }

  /// Renews, and hands a new refresh token over as soon as it is there: before the other tokens are verified, which may
  /// fail (the pool's keys can't be fetched, this machine's clock is wrong) when the old one is spent already.
  ///
  /// - Parameter rotated: keeps the new refresh token. Not called when the pool sends none.
  /// - Throws: ``CognitoError``, or what `rotated` throws.
  package func renew(
    refreshToken: Secret, username: String, deviceKey: String?, with operation: RenewalOperation = .automatic,
    rotated: (Secret) async throws -> Void
  ) async throws -> TokenSet {
    let output = try await renewal(refreshToken, username, deviceKey, operation)
    guard let result = output["AuthenticationResult"] else {
      throw CognitoError(.malformedResponse, "The service renewed no tokens.")
    }
    if let text = result["RefreshToken"]?.string, !text.isEmpty { try await rotated(Secret(utf8: text)) }
    return try await tokenSet(AuthenticationResult(result), keeping: refreshToken, deviceKey: deviceKey)
  }

  private func renewal(
    _ refreshToken: Secret, _ username: String, _ deviceKey: String?, _ operation: RenewalOperation
  ) async throws(CognitoError) -> JSONValue {
    switch operation {
    case .refreshTokenAuth: return try await refreshTokenAuth(refreshToken, username, deviceKey)
    case .getTokensFromRefreshToken: return try await getTokensFromRefreshToken(refreshToken, deviceKey)
    case .automatic:
      do {
        return try await getTokensFromRefreshToken(refreshToken, deviceKey)
      } catch  where Self.isUnknownOperation(error) {
        return try await refreshTokenAuth(refreshToken, username, deviceKey)
      }
    }
  }

  /// Emulators answer operations that they lack in their own ways; a real failure of the service has a name.
  private static func isUnknownOperation(_ error: CognitoError) -> Bool {
    switch error.code {
    case .unknownOperation: true
    case .internalServer, .malformedResponse: error.exception == nil && error.httpStatus != nil
    default: false
    }
  }

  private func getTokensFromRefreshToken(_ refreshToken: Secret, _ deviceKey: String?) async throws(CognitoError)
    -> JSONValue
  {
    var body: [String: JSONValue] = ["ClientId": .string(clientID)]
    body["RefreshToken"] = try .string(text(refreshToken))
    body["ClientSecret"] = try clientSecret.map { secret throws(CognitoError) in .string(try text(secret)) }
    body["DeviceKey"] = deviceKey.map(JSONValue.string)
    return try await service.call("GetTokensFromRefreshToken", .object(body))
  }

  private func refreshTokenAuth(
    _ refreshToken: Secret, _ username: String, _ deviceKey: String?
  ) async throws(CognitoError) -> JSONValue {
    var parameters: [String: JSONValue] = ["REFRESH_TOKEN": .string(try text(refreshToken))]
    // The pool's own name for the user: an alias makes "Unable to verify secret hash for client".
    parameters["SECRET_HASH"] = secretHash(for: username).map(JSONValue.string)
    parameters["DEVICE_KEY"] = deviceKey.map(JSONValue.string)
    return try await service.call(
      "InitiateAuth",
      ["AuthFlow": "REFRESH_TOKEN_AUTH", "ClientId": .string(clientID), "AuthParameters": .object(parameters)],
      // Without rotation, renewing twice does no harm; with it, this operation is refused.
      repeatable: true)
  }

  /// A secret as JSON wants it.
  func text(_ secret: Secret) throws(CognitoError) -> String {
    guard let text = secret.revealed() else { throw CognitoError(.invalidInput, "A secret is not valid UTF-8.") }
    return text
  }
}
