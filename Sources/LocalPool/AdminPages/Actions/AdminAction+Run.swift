import Cognito

extension AdminAction {
  /// - Throws: what the operation refuses with.
  func run(_ visit: AdminVisit) throws {
    let fields = visit.fields
    let user: [String: JSONValue] = ["Username": .string(fields["name"] ?? "")]
    func on(_ members: [String: JSONValue]) -> [String: JSONValue] { user.merging(members) { $1 } }
    func group() -> JSONValue { .string(fields["group"] ?? "") }
    switch self {
    case .createUser: try createUser(visit, on)
    case .setPassword:
      try visit.perform(
        "AdminSetUserPassword",
        on(["Password": .string(fields["password"] ?? ""), "Permanent": .bool(fields["temporary"] == nil)]))
    case .confirm: try visit.perform("AdminConfirmSignUp", user)
    case .enable: try visit.perform("AdminEnableUser", user)
    case .disable: try visit.perform("AdminDisableUser", user)
    case .resetPassword: try visit.perform("AdminResetUserPassword", user)
    case .resetFactors:
      let off: JSONValue = ["Enabled": false]
      try visit.perform("AdminSetUserMFAPreference", on(["SMSMfaSettings": off, "EmailMfaSettings": off]))
      try visit.perform("AdminDeleteSoftwareToken", user)
    case .signOut: try visit.perform("AdminUserGlobalSignOut", user)
    case .setAttribute:
      let attribute: JSONValue = [
        "Name": .string(fields["attribute"] ?? ""), "Value": .string(fields["value"] ?? ""),
      ]
      try visit.perform("AdminUpdateUserAttributes", on(["UserAttributes": [attribute]]))
    case .forgetDevice: try visit.perform("AdminForgetDevice", on(["DeviceKey": .string(fields["device"] ?? "")]))
    case .deleteUser:
      guard fields["sure"] != nil else { throw PoolException.invalidParameter("Tick the box if you are sure.") }
      try visit.perform("AdminDeleteUser", user)
    case .join: try visit.perform("AdminAddUserToGroup", on(["GroupName": group()]))
    case .leave: try visit.perform("AdminRemoveUserFromGroup", on(["GroupName": group()]))
    case .createGroup:
      try visit.perform(
        "CreateGroup",
        ["GroupName": group(), "Description": fields["description"].map { .string($0) }].compactMapValues { $0 })
    case .deleteGroup:
      guard fields["sure"] != nil else { throw PoolException.invalidParameter("Tick the box if you are sure.") }
      try visit.perform("DeleteGroup", ["GroupName": group()])
    }
  }

  /// A password that is to stay is set in a second step, as an administrator's script does it.
  private func createUser(_ visit: AdminVisit, _ on: ([String: JSONValue]) -> [String: JSONValue]) throws {
    let fields = visit.fields
    let attributes = NewUserView.attributes(of: visit.pool).compactMap { name, _ -> JSONValue? in
      fields[AttributeField.prefix + name].map { ["Name": .string(name), "Value": .string($0)] }
    }
    var creation = on(["UserAttributes": .array(attributes)])
    if fields["invite"] == nil { creation["MessageAction"] = "SUPPRESS" }
    let password = fields["password"].map { JSONValue.string($0) }
    creation["TemporaryPassword"] = password
    try visit.perform("AdminCreateUser", creation)
    guard let password, fields["temporary"] == nil else { return }
    try visit.perform("AdminSetUserPassword", on(["Password": password, "Permanent": true]))
  }
}
