extension UserPoolAdministrator {
  /// Makes a user (AdminCreateUser).
  ///
  /// - Throws: ``CognitoError``, such as ``CognitoError/Code/usernameExists``.
  @discardableResult
  public func createUser(_ user: NewUser) async throws(CognitoError) -> User {
    let output = try await call("AdminCreateUser", user: user.username, user.wire())
    return try User(output["User"] ?? .null)
  }

  /// One user with attributes, state and second factors (AdminGetUser).
  ///
  /// - Throws: ``CognitoError``, such as ``CognitoError/Code/userNotFound``.
  public func user(_ username: String) async throws(CognitoError) -> User {
    try User(await call("AdminGetUser", user: username))
  }

  /// The users (ListUsers), fetched page by page.
  ///
  /// - Parameters:
  ///   - filter: which ones.
  ///   - attributes: which attributes to fetch; all when `nil`. Required ones that a user lacks make the service
  ///     refuse the call.
  ///   - pageSize: 1 to 60.
  public func users(
    filter: UserFilter? = nil, attributes: [UserAttribute]? = nil, pageSize: Int = 60
  ) -> PagedSequence<User> {
    pages(
      "ListUsers",
      [
        "Filter": filter.map { .string($0.expression) }, "Limit": .int(Int64(pageSize)),
        "AttributesToGet": attributes.map { names in .texts(names.map(\.rawValue)) },
      ], list: "Users", tokenName: "PaginationToken"
    ) { wire in try User(wire) }
  }

  /// Deletes a user, for good (AdminDeleteUser).
  ///
  /// - Throws: ``CognitoError``.
  public func deleteUser(_ username: String) async throws(CognitoError) {
    try await call("AdminDeleteUser", user: username)
  }

  /// Lets a user sign in again (AdminEnableUser).
  ///
  /// - Throws: ``CognitoError``.
  public func enableUser(_ username: String) async throws(CognitoError) {
    try await call("AdminEnableUser", user: username)
  }

  /// Keeps a user from signing in, and makes the user's access tokens void for the pool (AdminDisableUser).
  ///
  /// - Throws: ``CognitoError``.
  public func disableUser(_ username: String) async throws(CognitoError) {
    try await call("AdminDisableUser", user: username)
  }

  /// Confirms a sign-up without a code (AdminConfirmSignUp).
  ///
  /// - Parameters:
  ///   - username: the user's, or an alias.
  ///   - clientMetadata: goes to the pool's triggers.
  /// - Throws: ``CognitoError``.
  public func confirmSignUp(_ username: String, clientMetadata: [String: String] = [:]) async throws(CognitoError) {
    try await call("AdminConfirmSignUp", user: username, ["ClientMetadata": .texts(clientMetadata)])
  }

  /// Sends a code to a user, who must then set a new password with it (AdminResetUserPassword).
  ///
  /// - Parameters:
  ///   - username: the user's, or an alias.
  ///   - clientMetadata: goes to the pool's triggers.
  /// - Throws: ``CognitoError``.
  public func resetPassword(of username: String, clientMetadata: [String: String] = [:]) async throws(CognitoError) {
    try await call("AdminResetUserPassword", user: username, ["ClientMetadata": .texts(clientMetadata)])
  }

  /// Sets a user's password (AdminSetUserPassword).
  ///
  /// - Parameters:
  ///   - password: must fit the pool's policy.
  ///   - username: or an alias.
  ///   - permanent: if not, the user must change it at the next sign-in.
  /// - Throws: ``CognitoError``.
  public func setPassword(_ password: Secret, of username: String, permanent: Bool) async throws(CognitoError) {
    try await call(
      "AdminSetUserPassword", user: username, ["Password": .password(password), "Permanent": .bool(permanent)])
  }

  /// Sets attributes of a user; the others stay (AdminUpdateUserAttributes).
  ///
  /// - Parameters:
  ///   - attributes: to set.
  ///   - username: the user's, or an alias.
  ///   - clientMetadata: goes to the pool's triggers.
  /// - Throws: ``CognitoError``.
  public func update(
    _ attributes: UserAttributes, of username: String, clientMetadata: [String: String] = [:]
  ) async throws(CognitoError) {
    guard !attributes.isEmpty else { return }
    try await call(
      "AdminUpdateUserAttributes", user: username,
      ["UserAttributes": attributes.wire(), "ClientMetadata": .texts(clientMetadata)])
  }

  /// Sends only what was changed in a user, and deletes what was taken out.
  ///
  /// - Parameters:
  ///   - changed: the user with changed attributes.
  ///   - original: the user as ``user(_:)`` gave it.
  /// - Throws: ``CognitoError``.
  public func save(_ changed: User, original: User) async throws(CognitoError) {
    let changes = changed.attributes.changes(from: original.attributes)
    try await update(changes.updated, of: original.username)
    try await deleteAttributes(changes.deleted, of: original.username)
  }

  /// Deletes attributes of a user (AdminDeleteUserAttributes).
  ///
  /// - Parameters:
  ///   - names: which ones.
  ///   - username: the user's, or an alias.
  /// - Throws: ``CognitoError``.
  public func deleteAttributes(_ names: [UserAttribute], of username: String) async throws(CognitoError) {
    guard !names.isEmpty else { return }
    try await call(
      "AdminDeleteUserAttributes", user: username, ["UserAttributeNames": UserAttributes.wire(names: names)])
  }

  /// Signs a user out everywhere (AdminUserGlobalSignOut).
  ///
  /// - Throws: ``CognitoError``.
  public func signOutEverywhere(_ username: String) async throws(CognitoError) {
    try await call("AdminUserGlobalSignOut", user: username)
  }

  /// Turns a user's second factors on and off (AdminSetUserMFAPreference).
  ///
  /// - Parameters:
  ///   - preferences: what to change; the rest stays.
  ///   - username: the user's, or an alias.
  /// - Throws: ``CognitoError``.
  public func setMFA(_ preferences: MFAPreferences, of username: String) async throws(CognitoError) {
    try await call("AdminSetUserMFAPreference", user: username, preferences.wire())
  }
}
