/// The input for an attribute of a user: what it is called, and how browsers help to fill it in.
enum AttributeField {
  static let prefix = "userAttributes."

  private struct Kind {
    let label: String
    var type = "text"
    var autocomplete: String?
    var hint: HTML?
  }

  private static let kinds: [String: Kind] = [
    "email": Kind(label: "E-mail address", type: "email", autocomplete: "email"),
    "phone_number": Kind(
      label: "Phone number", type: "tel", autocomplete: "tel", hint: "With the country’s code, e.g. +491701234567."),
    "name": Kind(label: "Full name", autocomplete: "name"),
    "given_name": Kind(label: "Given name", autocomplete: "given-name"),
    "middle_name": Kind(label: "Middle name", autocomplete: "additional-name"),
    "family_name": Kind(label: "Family name", autocomplete: "family-name"),
    "nickname": Kind(label: "Nickname", autocomplete: "nickname"),
    "preferred_username": Kind(label: "Preferred user name"),
    "birthdate": Kind(label: "Date of birth", type: "date", autocomplete: "bday"),
    "gender": Kind(label: "Gender", autocomplete: "sex"),
    "address": Kind(label: "Address", autocomplete: "street-address"),
    "website": Kind(label: "Website", type: "url", autocomplete: "url"),
    "picture": Kind(label: "Address of a picture", type: "url"),
    "profile": Kind(label: "Address of a profile page", type: "url"),
    "locale": Kind(label: "Language", hint: "E.g. en-GB."),
    "zoneinfo": Kind(label: "Time zone", hint: "E.g. Europe/Berlin."),
  ]

  static func field(_ name: String, isRequired: Bool, value: String) -> FormField {
    let kind = kinds[name] ?? Kind(label: name.replacing("custom:", with: "").replacing("_", with: " "))
    return FormField(
      name: prefix + name, label: kind.label, type: kind.type, autocomplete: kind.autocomplete, value: value,
      hint: kind.hint, isRequired: isRequired, more: " maxlength=\"2048\"")
  }

  /// What the pool calls people by: a name, or an e-mail address or phone number of theirs.
  static func username(in pool: PoolRecord, value: String) -> FormField {
    let names = pool.settings.usernameAttributes ?? []
    let labels = names.compactMap { kinds[$0]?.label }
    guard let first = labels.first else { return .username(value: value) }
    let label = labels.count == 1 ? first : "E-mail address or phone number"
    return .username(
      label, type: names == ["email"] ? "email" : names == ["phone_number"] ? "tel" : "text", value: value)
  }
}
