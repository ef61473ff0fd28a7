extension SignedInUser {
  /// Sets attributes: those given, new ones too; the others stay (UpdateUserAttributes).
  ///
  /// - Parameters:
  ///   - attributes: to set.
  ///   - clientMetadata: goes to the pool's triggers.
  /// - Returns: where codes were sent for attributes that must be verified.
  /// - Throws: ``CognitoError``.
  @discardableResult
  public func update(
    _ attributes: UserAttributes, clientMetadata: [String: String] = [:]
  ) async throws(CognitoError) -> [CodeDelivery] {
    guard !attributes.isEmpty else { return [] }
    let output = try await call(
      "UpdateUserAttributes",
      ["UserAttributes": attributes.wire(), "ClientMetadata": .texts(clientMetadata)])
    return (output["CodeDeliveryDetailsList"]?.array ?? []).compactMap { CodeDelivery($0) }
  }

  /// Sends only what was changed in a user, and deletes what was taken out.
  ///
  /// - Parameters:
  ///   - changed: the user with changed attributes.
  ///   - original: the user as ``details()`` gave it.
  ///   - clientMetadata: goes to the pool's triggers.
  /// - Returns: where codes were sent for attributes that must be verified.
  /// - Throws: ``CognitoError``.
  @discardableResult
  public func save(
    _ changed: User, original: User, clientMetadata: [String: String] = [:]
  ) async throws(CognitoError) -> [CodeDelivery] {
    let changes = changed.attributes.changes(from: original.attributes)
    let deliveries = try await update(changes.updated, clientMetadata: clientMetadata)
    try await deleteAttributes(changes.deleted)
    return deliveries
  }

  /// Deletes attributes (DeleteUserAttributes).
  ///
  /// - Throws: ``CognitoError``.
  public func deleteAttributes(_ names: [UserAttribute]) async throws(CognitoError) {
    guard !names.isEmpty else { return }
    try await call("DeleteUserAttributes", ["UserAttributeNames": UserAttributes.wire(names: names)])
  }

  /// Sends a code to an e-mail address or telephone number, to show that it is the user's
  /// (GetUserAttributeVerificationCode).
  ///
  /// - Parameters:
  ///   - attribute: ``UserAttribute/email`` or ``UserAttribute/phoneNumber``.
  ///   - clientMetadata: goes to the pool's triggers.
  /// - Returns: where it was sent.
  /// - Throws: ``CognitoError``.
  @discardableResult
  public func sendVerificationCode(
    for attribute: UserAttribute, clientMetadata: [String: String] = [:]
  ) async throws(CognitoError) -> CodeDelivery? {
    try UserAttributes.check(attribute)
    let output = try await call(
      "GetUserAttributeVerificationCode",
      ["AttributeName": .string(attribute.rawValue), "ClientMetadata": .texts(clientMetadata)])
    return CodeDelivery(output["CodeDeliveryDetails"])
  }

  /// Verifies an e-mail address or telephone number with the code that was sent (VerifyUserAttribute).
  ///
  /// - Parameters:
  ///   - attribute: ``UserAttribute/email`` or ``UserAttribute/phoneNumber``.
  ///   - code: as it was sent.
  /// - Throws: ``CognitoError``, such as ``CognitoError/Code/codeMismatch``.
  public func verify(_ attribute: UserAttribute, code: String) async throws(CognitoError) {
    try UserAttributes.check(attribute)
    try await call("VerifyUserAttribute", ["AttributeName": .string(attribute.rawValue), "Code": .string(code)])
  }
}
