/// The form for a new user.
enum NewUserView {
  static func response(_ visit: AdminVisit) -> PoolResponse {
    let values = visit.fields
    var form = ActionForm(action: .createUser)
    var name = AttributeField.username(in: visit.pool, value: values["name"] ?? "")
    name = FormField(name: "name", label: name.label, type: name.type, autocomplete: "off", value: name.value)
    form.fields = [name]
    form.fields += attributes(of: visit.pool).map { name, isRequired in
      var field = AttributeField.field(name, isRequired: isRequired, value: values[AttributeField.prefix + name] ?? "")
      field.autocomplete = "off"
      return field
    }
    form.fields.append(
      FormField(
        name: "password", label: "Password", type: "password", autocomplete: "new-password",
        hint:
          "\(PasswordPolicyText.of(visit.pool.settings.passwordPolicy)) If there is none, the pool makes a temporary one.",
        isRequired: false))
    form.boxes = [
      ("temporary", "The first sign-in asks for a new password", false),
      ("invite", "Send an invitation with the password, to the outbox", false),
    ]
    return visit.page("Make a user", tab: "users", form.html(visit))
  }

  /// What the form asks for: what the pool requires, and the addresses.
  static func attributes(of pool: PoolRecord) -> [(name: String, isRequired: Bool)] {
    let names = pool.settings.usernameAttributes ?? []
    let required = pool.settings.requiredAttributes.filter { $0 != "sub" && names != [$0] }
    let addresses = ["email", "phone_number"].filter { !required.contains($0) && !names.contains($0) }
    return required.map { ($0, true) } + addresses.map { ($0, false) }
  }
}
