import Cognito

/// The groups of a pool.
enum GroupListView {
  static func response(_ visit: AdminVisit) throws -> PoolResponse {
    var input: [String: JSONValue] = ["Limit": 60]
    input["NextToken"] = visit.fields["after"].map { .string($0) }
    let answer = try visit.perform("ListGroups", input)
    let rows = (answer["Groups"]?.array ?? []).map { group -> [HTML] in
      let name = group["GroupName"]?.string ?? ""
      return [
        visit.link("group", [("group", name)], name), "\(group["Description"]?.string ?? "")",
        "\(group["Precedence"]?.int.map { String($0) } ?? "")", "\(AdminTable.time(group["CreationDate"]))",
      ]
    }
    let next: HTML =
      answer["NextToken"]?.string.map { "<p>\(visit.link("groups", [("after", $0)], "More groups"))</p>" } ?? .nothing
    var form = ActionForm(action: .createGroup)
    form.fields = [
      FormField(name: "group", label: "Name", autocomplete: "off", value: visit.fields["group"] ?? ""),
      FormField(
        name: "description", label: "Description", autocomplete: "off", value: visit.fields["description"] ?? "",
        isRequired: false),
    ]
    let body: HTML = """
      \(rows.isEmpty ? "<p>None yet.</p>" : AdminTable.html("Groups", ["Group", "Description", "Precedence", "Made (UTC)"], rows))
      \(next)
      <h2>A new group</h2>
      \(form.html(visit))
      """
    return visit.page("Groups", tab: "groups", body)
  }
}

/// One group, with its users.
enum GroupView {
  static func response(_ visit: AdminVisit) throws -> PoolResponse {
    let name = visit.fields["group"] ?? ""
    let group: [String: JSONValue] = ["GroupName": .string(name)]
    var input = group.merging(["Limit": 50]) { $1 }
    input["NextToken"] = visit.fields["after"].map { .string($0) }
    let answer = try visit.perform("ListUsersInGroup", input)
    let users = answer["Users"]?.array ?? []
    let next: HTML =
      answer["NextToken"]?.string
      .map { "<p>\(visit.link("group", [("group", name), ("after", $0)], "More users"))</p>" } ?? .nothing
    var form = ActionForm(action: .deleteGroup, hidden: [("group", name)])
    form.boxes = [("sure", "Yes; its users stay", true)]
    let body: HTML = """
      \(users.isEmpty ? "<p>Nobody is in it.</p>" : UserListView.table(users, visit))
      \(next)
      <h2>Deletion</h2>
      \(form.html(visit))
      """
    return visit.page("Group \(name)", tab: "groups", body)
  }
}
