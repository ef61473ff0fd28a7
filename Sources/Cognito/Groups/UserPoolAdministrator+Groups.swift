extension UserPoolAdministrator {
  /// Makes a group (CreateGroup).
  ///
  /// - Parameters:
  ///   - name: 1 to 128 characters, no blanks.
  ///   - description: what it is for.
  ///   - precedence: the order among a user's groups; the lowest comes first.
  ///   - roleARN: the role that members get in an identity pool.
  /// - Throws: ``CognitoError``, such as ``CognitoError/Code/groupExists``.
  @discardableResult
  public func createGroup(
    _ name: String, description: String? = nil, precedence: Int? = nil, roleARN: String? = nil
  ) async throws(CognitoError) -> Group {
    try await groupCall("CreateGroup", name, description, precedence, roleARN)
  }

  /// Changes what is given of a group; the rest stays (UpdateGroup).
  ///
  /// - Parameters:
  ///   - name: the group's, which can't be changed.
  ///   - description: what it is for.
  ///   - precedence: the order among a user's groups; the lowest comes first.
  ///   - roleARN: the role that members get in an identity pool.
  /// - Throws: ``CognitoError``.
  @discardableResult
  public func updateGroup(
    _ name: String, description: String? = nil, precedence: Int? = nil, roleARN: String? = nil
  ) async throws(CognitoError) -> Group {
    try await groupCall("UpdateGroup", name, description, precedence, roleARN)
  }

  /// One group (GetGroup).
  ///
  /// - Throws: ``CognitoError``, such as ``CognitoError/Code/resourceNotFound``.
  public func group(_ name: String) async throws(CognitoError) -> Group {
    try await groupCall("GetGroup", name, nil, nil, nil)
  }

  /// Deletes a group; its members stay users (DeleteGroup).
  ///
  /// - Throws: ``CognitoError``.
  public func deleteGroup(_ name: String) async throws(CognitoError) {
    try await call("DeleteGroup", ["GroupName": .named(name, "group's name")])
  }

  /// All groups of the pool (ListGroups), fetched page by page.
  ///
  /// - Parameter pageSize: 1 to 60.
  public func groups(pageSize: Int = 60) -> PagedSequence<Group> {
    pages("ListGroups", ["Limit": .int(Int64(pageSize))], list: "Groups") { wire in try Group(wire) }
  }

  /// The groups that a user is in (AdminListGroupsForUser), fetched page by page.
  ///
  /// - Parameters:
  ///   - username: or an alias.
  ///   - pageSize: 1 to 60.
  public func groups(of username: String, pageSize: Int = 60) -> PagedSequence<Group> {
    pages(
      "AdminListGroupsForUser", ["Username": .string(username), "Limit": .int(Int64(pageSize))], list: "Groups"
    ) { wire in try Group(wire) }
  }

  /// The users in a group (ListUsersInGroup), fetched page by page.
  ///
  /// - Parameters:
  ///   - name: the group's.
  ///   - pageSize: 1 to 60.
  public func users(inGroup name: String, pageSize: Int = 60) -> PagedSequence<User> {
    pages("ListUsersInGroup", ["GroupName": .string(name), "Limit": .int(Int64(pageSize))], list: "Users") { wire in
      try User(wire)
    }
  }

  /// Puts a user into a group (AdminAddUserToGroup). The user's next tokens tell of it.
  ///
  /// - Parameters:
  ///   - username: the user's, or an alias.
  ///   - name: the group's.
  /// - Throws: ``CognitoError``.
  public func addUser(_ username: String, toGroup name: String) async throws(CognitoError) {
    try await call("AdminAddUserToGroup", user: username, ["GroupName": .named(name, "group's name")])
  }

  /// Takes a user out of a group (AdminRemoveUserFromGroup).
  ///
  /// - Parameters:
  ///   - username: the user's, or an alias.
  ///   - name: the group's.
  /// - Throws: ``CognitoError``.
  public func removeUser(_ username: String, fromGroup name: String) async throws(CognitoError) {
    try await call("AdminRemoveUserFromGroup", user: username, ["GroupName": .named(name, "group's name")])
  }

  private func groupCall(
    _ operation: String, _ name: String, _ description: String?, _ precedence: Int?, _ roleARN: String?
  ) async throws(CognitoError) -> Group {
    let output = try await call(
      operation,
      [
        "GroupName": .named(name, "group's name"), "Description": description.map { .string($0) },
        "Precedence": precedence.map { .int(Int64($0)) }, "RoleArn": roleARN.map { .string($0) },
      ])
    return try Group(output["Group"] ?? .null)
  }
}
