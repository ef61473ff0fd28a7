import Cognito

/// `AuthenticationResultType` without its refresh token and device.
enum TokenAnswer {
  static func members(of pair: TokenPair) -> [String: JSONValue] {
    [
      "AccessToken": .string(pair.accessToken), "IdToken": .string(pair.idToken),
      "ExpiresIn": .int(Int64(pair.expiresIn)), "TokenType": "Bearer",
    ]
  }
}
