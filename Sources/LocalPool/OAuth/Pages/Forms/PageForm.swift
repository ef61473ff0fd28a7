/// A page with one form on it: a heading, what there is to say, the fields, and ways elsewhere.
struct PageForm {
  let title: String
  /// The path that the form is sent to.
  let action: String
  let button: String
  var fields: [FormField] = []
  /// What stands between the heading and the fields.
  var introduction: HTML = .nothing
  /// What stands after the fields: choices.
  var choices: HTML = .nothing
  /// A second button, which needs none of the fields: `action` comes with its value.
  var otherButton: (value: String, label: String)?
  /// Good news.
  var notice: String?
  var complaint: Complaint?
  /// Ways to other pages of the same sign-in, by path.
  var links: [(path: String, label: String)] = []

  func response(_ state: LoginState, _ request: PoolRequest, _ context: PoolContext) throws -> PoolResponse {
    let token = CSRFToken(for: request, context)
    let query = state.request.query
    let other: HTML =
      otherButton.map {
        " <button type=\"submit\" class=\"other\" name=\"action\" value=\"\($0.value)\" formnovalidate>\($0.label)</button>"
      } ?? .nothing
    let ways = links.map { link -> HTML in "<p><a href=\"\(link.path)?\(query)\">\(link.label)</a></p>\n" }
    let body: HTML = """
      <h1>\(title)</h1>
      \(notice.map { "<p role=\"status\">\($0)</p>" } ?? .nothing)
      \(complaint.map { "<p role=\"alert\" id=\"alert\">\($0.text)</p>" } ?? .nothing)
      \(introduction)
      <form method="post" action="\(action)">
      <input type="hidden" name="csrf" value="\(token.field)">
      <input type="hidden" name="login" value="\(try state.sealed(context))">
      \(shownFields)\(choices)
      <button type="submit">\(button)</button>\(other)
      </form>
      \(ways)
      """
    return Page.response(
      title: complaint == nil ? title : "Error: \(title)", body, headers: token.header.map { [$0] } ?? [],
      formTargets: [Self.origin(state.request.redirectURI)])
  }

  /// The cursor begins where something is wrong or missing.
  private var shownFields: [HTML] {
    var complaint = complaint
    if !fields.contains(where: { $0.name == complaint?.field }) { complaint?.field = nil }
    let focus =
      complaint?.field ?? fields.first { $0.isRequired && $0.value.isEmpty }?.name ?? fields.first?.name
    return fields.map { $0.html(complaint, hasFocus: $0.name == focus) }
  }

  /// The origin that the form's answer leads to: a browser checks redirects after a form against the page's policy.
  private static func origin(_ address: String) -> String {
    guard let colon = address.firstIndex(of: ":") else { return "" }
    let scheme = address[..<colon]
    guard scheme == "http" || scheme == "https" else { return "\(scheme):" }
    let host = address[address.index(colon, offsetBy: 3)...].prefix { !"/?#; ".contains($0) }
    return "\(scheme)://\(host)"
  }
}
