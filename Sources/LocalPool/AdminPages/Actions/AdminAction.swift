import Cognito

/// A change that the administrator's pages can make. Each is an operation of the API, or a few of them.
enum AdminAction: String, CaseIterable {
  case createUser = "new-user"
  case setPassword = "set-password"
  case confirm
  case enable
  case disable
  case resetPassword = "reset-password"
  case resetFactors = "reset-mfa"
  case signOut = "sign-out"
  case setAttribute = "set-attribute"
  case forgetDevice = "drop-device"
  case deleteUser = "remove-user"
  case join
  case leave
  case createGroup = "new-group"
  case deleteGroup = "remove-group"

  static let path = AdminPage.prefix + "change"

  /// What its button says.
  var label: String {
    switch self {
    case .createUser: "Make the user"
    case .setPassword: "Set the password"
    case .confirm: "Confirm"
    case .enable: "Enable"
    case .disable: "Disable"
    case .resetPassword: "Send a code for a new password"
    case .resetFactors: "Take the second factors away"
    case .signOut: "Sign out everywhere"
    case .setAttribute: "Set the attribute"
    case .forgetDevice: "Forget"
    case .deleteUser: "Delete the user"
    case .join: "Add to the group"
    case .leave: "Remove"
    case .createGroup: "Make the group"
    case .deleteGroup: "Delete the group"
    }
  }

  /// What is said once it has been done.
  var done: String {
    switch self {
    case .createUser: "The user was made."
    case .setPassword: "The password is set."
    case .confirm: "The user is confirmed."
    case .enable: "The user can sign in again."
    case .disable: "The user can’t sign in any more."
    case .resetPassword: "A code was sent; the old password is void."
    case .resetFactors: "The user has no second factor any more."
    case .signOut: "The user’s tokens are void."
    case .setAttribute: "The attribute is set."
    case .forgetDevice: "The device is forgotten."
    case .deleteUser: "The user was deleted."
    case .join: "The user is in the group."
    case .leave: "The user isn’t in the group any more."
    case .createGroup: "The group was made."
    case .deleteGroup: "The group was deleted; its users are still there."
    }
  }

  /// Takes a form: does what it asks for and shows the page where that can be seen, or says on the form's own page why not.
  static func perform(_ visit: AdminVisit) throws -> PoolResponse {
    guard CSRFToken.matches(visit.request, field: visit.fields["csrf"], visit.context) else {
      return Page.refusal(403, "This form wasn’t sent from our page, or cookies are off.")
    }
    guard let action = AdminAction(rawValue: visit.fields["action"] ?? "") else {
      return Page.refusal(400, "There is no such change.")
    }
    do {
      try action.run(visit)
      var response = PoolResponse.redirect(to: action.target(visit))
      response.status = 303
      return response
    } catch let error as PoolException where error.status == 400 {
      var again = visit
      again.complaint = Complaint(error)
      return try action.form(again)
    }
  }

  private func target(_ visit: AdminVisit) -> String {
    let done = ("done", rawValue)
    switch self {
    case .deleteUser: return visit.address("users", [done])
    case .createGroup, .deleteGroup: return visit.address("groups", [done])
    default: return visit.address("user", [("name", visit.fields["name"] ?? ""), done])
    }
  }

  private func form(_ visit: AdminVisit) throws -> PoolResponse {
    switch self {
    case .createUser: return NewUserView.response(visit)
    case .createGroup: return try GroupListView.response(visit)
    case .deleteGroup: return try GroupView.response(visit)
    default: return try UserView.response(visit)
    }
  }
}
