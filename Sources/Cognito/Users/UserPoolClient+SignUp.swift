extension UserPoolClient {
  /// Signs a new user up (SignUp).
  ///
  /// - Parameters:
  ///   - username: the name to sign in with; an e-mail address or a telephone number where the pool wants that.
  ///   - password: by the pool's policy; `nil` where the pool has users without passwords.
  ///   - attributes: the user's attributes; the pool may require some.
  ///   - validationData: goes to the pool's pre-sign-up trigger and is not kept.
  ///   - clientMetadata: goes to the pool's triggers. Never put a secret there.
  /// - Throws: ``CognitoError``, such as ``CognitoError/Code/usernameExists`` or
  ///   ``CognitoError/Code/invalidPassword``.
  public func signUp(
    username: String, password: Secret?, attributes: UserAttributes = [:], validationData: [String: String] = [:],
    clientMetadata: [String: String] = [:]
  ) async throws(CognitoError) -> SignUpResult {
    var input = try identified(username, clientMetadata)
    input["Password"] = try password.map { secret throws(CognitoError) in try .password(secret) }
    if !attributes.isEmpty { input["UserAttributes"] = try attributes.wire() }
    if !validationData.isEmpty {
      input["ValidationData"] = .array(
        validationData.sorted { $0.key < $1.key }.map { ["Name": .string($0.key), "Value": .string($0.value)] })
    }
    return try SignUpResult(await service.call("SignUp", .fields(input)))
  }

  /// Confirms a sign-up with the code that was sent (ConfirmSignUp).
  ///
  /// - Parameters:
  ///   - username: as it was signed up.
  ///   - code: as it was sent.
  ///   - forceAliasCreation: take an e-mail address or telephone number that is another user's alias over from them.
  ///   - session: ``SignUpResult/session``.
  ///   - clientMetadata: goes to the pool's triggers.
  /// - Returns: a session with which a sign-in by USER_AUTH needs no password; `nil` if the pool gives none.
  /// - Throws: ``CognitoError``, such as ``CognitoError/Code/codeMismatch`` or ``CognitoError/Code/expiredCode``.
  @discardableResult
  public func confirmSignUp(
    username: String, code: String, forceAliasCreation: Bool = false, session: String? = nil,
    clientMetadata: [String: String] = [:]
  ) async throws(CognitoError) -> String? {
    var input = try identified(username, clientMetadata)
    input["ConfirmationCode"] = .string(code)
    if forceAliasCreation { input["ForceAliasCreation"] = true }
    input["Session"] = session.map { .string($0) }
    return try await service.call("ConfirmSignUp", .fields(input))["Session"]?.string
  }

  /// Sends the code of a sign-up again (ResendConfirmationCode).
  ///
  /// - Parameters:
  ///   - username: as it was signed up.
  ///   - clientMetadata: goes to the pool's triggers.
  /// - Returns: where it was sent. For an unknown user the pool may make this up.
  /// - Throws: ``CognitoError``.
  @discardableResult
  public func resendConfirmationCode(
    username: String, clientMetadata: [String: String] = [:]
  ) async throws(CognitoError) -> CodeDelivery? {
    let input = try identified(username, clientMetadata)
    return CodeDelivery(try await service.call("ResendConfirmationCode", .fields(input))["CodeDeliveryDetails"])
  }

  /// Sends a code for setting a new password to a user who forgot theirs (ForgotPassword).
  ///
  /// - Parameters:
  ///   - username: the user's, or an alias.
  ///   - clientMetadata: goes to the pool's triggers.
  /// - Returns: where it was sent. For an unknown user the pool may make this up.
  /// - Throws: ``CognitoError``, such as ``CognitoError/Code/limitExceeded``.
  @discardableResult
  public func forgotPassword(
    username: String, clientMetadata: [String: String] = [:]
  ) async throws(CognitoError) -> CodeDelivery? {
    let input = try identified(username, clientMetadata)
    return CodeDelivery(try await service.call("ForgotPassword", .fields(input))["CodeDeliveryDetails"])
  }

  /// Sets a new password with the code that was sent (ConfirmForgotPassword).
  ///
  /// - Parameters:
  ///   - username: the user's, or an alias.
  ///   - code: as it was sent.
  ///   - newPassword: must fit the pool's policy.
  ///   - clientMetadata: goes to the pool's triggers.
  /// - Throws: ``CognitoError``, such as ``CognitoError/Code/codeMismatch`` or
  ///   ``CognitoError/Code/invalidPassword``.
  public func confirmForgotPassword(
    username: String, code: String, newPassword: Secret, clientMetadata: [String: String] = [:]
  ) async throws(CognitoError) {
    var input = try identified(username, clientMetadata)
    input["ConfirmationCode"] = .string(code)
    input["Password"] = try .password(newPassword)
    _ = try await service.call("ConfirmForgotPassword", .fields(input))
  }

  /// Client, user, and the SECRET_HASH of just that user name: it is the name in the same request that counts.
  private func identified(
    _ username: String, _ clientMetadata: [String: String]
  ) throws(CognitoError) -> [String: JSONValue?] {
    [
      "ClientId": .string(clientID), "Username": try .username(username),
      "SecretHash": secretHash(for: username).map { .string($0) }, "ClientMetadata": .texts(clientMetadata),
    ]
  }
}
