import Cognito

/// All of one user, and what can be done with them.
enum UserView {
  static func response(_ visit: AdminVisit) throws -> PoolResponse {
    let name: [String: JSONValue] = ["Username": .string(visit.fields["name"] ?? "")]
    let user = try visit.perform("AdminGetUser", name)
    let username = user["Username"]?.string ?? ""
    let body: HTML = """
      \(state(user))
      \(changes(user, username, visit))
      <h2>Attributes</h2>
      \(attributes(user, username, visit))
      <h2>Groups</h2>
      \(try groups(name, username, visit))
      <h2>Devices</h2>
      \(try devices(name, username, visit))
      <h2>Deletion</h2>
      \(form(.deleteUser, username, boxes: [("sure", "Yes, with all that is theirs", true)]).html(visit))
      """
    return visit.page("User \(username)", tab: "users", body)
  }

  private static func form(
    _ action: AdminAction, _ username: String, fields: [FormField] = [],
    boxes: [(name: String, label: String, isRequired: Bool)] = []
  ) -> ActionForm {
    ActionForm(action: action, fields: fields, hidden: [("name", username)], boxes: boxes)
  }

  private static func state(_ user: JSONValue) -> HTML {
    let factors = (user["UserMFASettingList"]?.array ?? []).compactMap(\.string)
    let preferred = user["PreferredMfaSetting"]?.string.map { " (preferred: \($0))" } ?? ""
    let rows = [
      ("Status", user["UserStatus"]?.string ?? ""), ("Enabled", user["Enabled"]?.bool == true ? "yes" : "no"),
      ("Second factors", factors.isEmpty ? "none" : factors.joined(separator: ", ") + preferred),
      ("Made (UTC)", AdminTable.time(user["UserCreateDate"])),
      ("Changed (UTC)", AdminTable.time(user["UserLastModifiedDate"])),
    ]
    return "<dl>\(rows.map { name, value -> HTML in "<dt>\(name)</dt><dd>\(value)</dd>\n" })</dl>"
  }

  /// The buttons that make sense for the user as they are now.
  private static func changes(_ user: JSONValue, _ username: String, _ visit: AdminVisit) -> HTML {
    var actions: [AdminAction] = [user["Enabled"]?.bool == true ? .disable : .enable, .signOut]
    switch user["UserStatus"]?.string {
    case "UNCONFIRMED": actions.append(.confirm)
    case "CONFIRMED", "RESET_REQUIRED": actions.append(.resetPassword)
    default: break
    }
    if user["UserMFASettingList"] != nil { actions.append(.resetFactors) }
    let password = FormField(
      name: "password", label: "New password", type: "password", autocomplete: "new-password",
      hint: "\(PasswordPolicyText.of(visit.pool.settings.passwordPolicy))")
    let temporary = (name: "temporary", label: "The next sign-in asks for a new one", isRequired: false)
    return """
      <div class="row">\(actions.map { form($0, username).html(visit) })</div>
      <h2>Password</h2>
      \(form(.setPassword, username, fields: [password], boxes: [temporary]).html(visit))
      """
  }

  private static func attributes(_ user: JSONValue, _ username: String, _ visit: AdminVisit) -> HTML {
    let rows = (user["UserAttributes"]?.array ?? []).map { [$0["Name"]?.string ?? "", $0["Value"]?.string ?? ""] }
    let fields = [
      FormField(
        name: "attribute", label: "Attribute", autocomplete: "off", hint: "E.g. email_verified or custom:team."),
      FormField(
        name: "value", label: "Value", autocomplete: "off", hint: "Nothing takes the attribute away.", isRequired: false
      ),
    ]
    return """
      \(AdminTable.texts("Attributes", ["Name", "Value"], rows))
      \(form(.setAttribute, username, fields: fields).html(visit))
      """
  }

  private static func groups(
    _ name: [String: JSONValue], _ username: String, _ visit: AdminVisit
  ) throws -> HTML {
    let own = try visit.perform("AdminListGroupsForUser", name)["Groups"]?.array ?? []
    let rows = own.compactMap { $0["GroupName"]?.string }.map { group -> [HTML] in
      var leave = form(.leave, username)
      leave.hidden.append(("group", group))
      leave.spoken = "Remove from \(group)"
      return [visit.link("group", [("group", group)], group), leave.html(visit)]
    }
    let field = FormField(name: "group", label: "Group", autocomplete: "off")
    return """
      \(rows.isEmpty ? "<p>In none.</p>" : AdminTable.html("Groups", ["Group", "Change"], rows))
      \(form(.join, username, fields: [field]).html(visit))
      """
  }

  private static func devices(
    _ name: [String: JSONValue], _ username: String, _ visit: AdminVisit
  ) throws -> HTML {
    let devices = try visit.perform("AdminListDevices", name)["Devices"]?.array ?? []
    guard !devices.isEmpty else { return "<p>None.</p>" }
    let rows = devices.map { device -> [HTML] in
      let key = device["DeviceKey"]?.string ?? ""
      var forget = form(.forgetDevice, username)
      forget.hidden.append(("device", key))
      forget.spoken = "Forget \(key)"
      let attributes = (device["DeviceAttributes"]?.array ?? []).map {
        "\($0["Name"]?.string ?? ""): \($0["Value"]?.string ?? "")"
      }
      return [
        "\(key)", "\(attributes.joined(separator: ", "))",
        "\(AdminTable.time(device["DeviceLastAuthenticatedDate"]))", forget.html(visit),
      ]
    }
    return AdminTable.html("Devices", ["Key", "About it", "Last sign-in (UTC)", "Change"], rows)
  }
}
