import Cognito

/// The users of a pool, a page at a time, found by the beginning of a name or address.
enum UserListView {
  private static let usersOnAPage: Int64 = 50
  private static let searched = [
    ("username", "User name"), ("email", "E-mail address"), ("phone_number", "Phone number"), ("name", "Full name"),
    ("family_name", "Family name"), ("sub", "sub"),
  ]

  static func response(_ visit: AdminVisit) throws -> PoolResponse {
    let text = visit.fields["q"] ?? ""
    let by = searched.first { $0.0 == visit.fields["by"] }?.0 ?? "username"
    var input: [String: JSONValue] = ["Limit": .int(usersOnAPage)]
    if !text.isEmpty { input["Filter"] = .string("\(by) ^= \"\(escaped(text))\"") }
    input["PaginationToken"] = visit.fields["after"].map { .string($0) }
    let answer = try visit.perform("ListUsers", input)
    let users = answer["Users"]?.array ?? []
    let count = try visit.context.store.read { try $0.users.count(pool: visit.pool.id) }
    let query = text.isEmpty ? [] : [("q", text), ("by", by)]
    let next: HTML =
      answer["PaginationToken"]?.string.map { "<p>\(visit.link("users", query + [("after", $0)], "More users"))</p>" }
      ?? .nothing
    let body: HTML = """
      <p>\(count) \(count == 1 ? "user" : "users") in the pool. \(visit.link("new-user", [], "Make a user"))</p>
      \(search(text, by, visit))
      \(users.isEmpty ? "<p>No user is like that.</p>" : table(users, visit))
      \(next)
      """
    return visit.page("Users", tab: "users", body)
  }

  static func table(_ users: [JSONValue], _ visit: AdminVisit) -> HTML {
    let rows = users.map { user -> [HTML] in
      let name = user["Username"]?.string ?? ""
      let isEnabled = user["Enabled"]?.bool == true
      return [
        visit.link("user", [("name", name)], name), "\(attribute("email", of: user))",
        "\(user["UserStatus"]?.string ?? "")\(isEnabled ? "" : ", disabled")",
        "\(AdminTable.time(user["UserCreateDate"]))",
      ]
    }
    return AdminTable.html("Users", ["User name", "E-mail", "Status", "Made (UTC)"], rows)
  }

  private static func attribute(_ name: String, of user: JSONValue) -> String {
    user["Attributes"]?.array?.first { $0["Name"]?.string == name }?["Value"]?.string ?? ""
  }

  private static func search(_ text: String, _ by: String, _ visit: AdminVisit) -> HTML {
    let choices = searched.map { value, label -> HTML in
      "<option value=\"\(value)\"\(value == by ? " selected" : "")>\(label)</option>"
    }
    return """
      <form method="get" action="\(AdminPage.prefix)users" role="search">
      <input type="hidden" name="pool" value="\(visit.pool.id)">
      <label for="by">Look for</label>
      <select id="by" name="by">\(choices)</select>
      <label for="q">that begins with</label>
      <input id="q" name="q" type="search" value="\(text)" maxlength="200">
      <button type="submit">Search</button>
      </form>

      """
  }

  /// As ListUsers' filter wants it inside quotes.
  private static func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
  }
}
