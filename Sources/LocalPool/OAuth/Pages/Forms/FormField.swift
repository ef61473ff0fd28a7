/// One labelled input of a form, with its hint and its complaint tied to it for who can't see where they stand.
struct FormField {
  let name: String
  let label: String
  var type = "text"
  /// What a browser or password manager may fill in, by HTML's names.
  var autocomplete: String?
  var value = ""
  var hint: HTML?
  var isRequired = true
  /// Further attributes.
  var more: HTML = .nothing

  static func username(_ label: String = "User name", type: String = "text", value: String) -> FormField {
    FormField(
      name: "username", label: label, type: type, autocomplete: "username", value: value,
      more: " maxlength=\"2048\" autocapitalize=\"none\" spellcheck=\"false\"")
  }

  /// A password that exists, or both fields of a new one with the pool's rules.
  static let password = FormField(
    name: "password", label: "Password", type: "password", autocomplete: "current-password")

  static func newPassword(in pool: PoolRecord) -> [FormField] {
    [
      FormField(
        name: "new_password", label: "New password", type: "password", autocomplete: "new-password",
        hint: "\(PasswordPolicyText.of(pool.settings.passwordPolicy))"),
      FormField(
        name: "new_password_again", label: "New password again", type: "password", autocomplete: "new-password"),
    ]
  }

  static func code(_ label: String) -> FormField {
    FormField(
      name: "code", label: label, autocomplete: "one-time-code",
      more: " inputmode=\"numeric\" pattern=\"[0-9]*\" maxlength=\"8\"")
  }

  /// - Parameter hasFocus: whether the cursor begins here.
  func html(_ complaint: Complaint?, hasFocus: Bool) -> HTML {
    let isBlamed = complaint.map { $0.field == nil || $0.field == name } ?? false
    let ids = [hint == nil ? nil : "hint-\(name)", isBlamed ? "alert" : nil].compactMap { $0 }
    let described: HTML = ids.isEmpty ? .nothing : " aria-describedby=\"\(ids.joined(separator: " "))\""
    let invalid: HTML = complaint?.field == name ? " aria-invalid=\"true\"" : .nothing
    let filled: HTML = autocomplete.map { " autocomplete=\"\($0)\"" } ?? .nothing
    return """
      <label for="\(name)">\(label)\(isRequired ? "" : " (optional)")</label>
      \(hint.map { "<p class=\"hint\" id=\"hint-\(name)\">\($0)</p>" } ?? .nothing)
      <input id="\(name)" name="\(name)" type="\(type)" value="\(value)"\(isRequired ? " required" : "")\
      \(filled)\(more)\(described)\(invalid)\(hasFocus ? " autofocus" : "")>

      """
  }
}

/// What was wrong with a form.
struct Complaint {
  let text: String
  /// The field that is at fault; nil when it isn't known, or isn't to be told.
  var field: String?

  init(_ text: String, field: String? = nil) {
    self.text = text
    self.field = field
  }

  init(_ error: PoolException) {
    // The service's own texts for what its model forbids speak of members and patterns.
    let isOfShape = error.message.contains("validation error")
    text =
      isOfShape
      ? "Names, passwords and codes must not be empty, and have no blanks in them." : error.message
    switch error.type {
    case _ where error == Self.passwordsDiffer: field = "new_password_again"
    case "InvalidPasswordException", "PasswordHistoryPolicyViolationException": field = "new_password"
    case "CodeMismatchException", "ExpiredCodeException", "EnableSoftwareTokenMFAException": field = "code"
    case "UsernameExistsException", "UserNotFoundException": field = "username"
    default: field = isOfShape ? Self.shapes.first { error.message.contains("'\($0.member)'") }?.field : nil
    }
  }

  /// Which field holds which member of the operations' input.
  private static let shapes = [("username", "username"), ("password", "new_password"), ("confirmationCode", "code")]
    .map { (member: $0, field: $1) }

  static let passwordsDiffer = PoolException.invalidParameter("The two passwords are not the same.")
}
