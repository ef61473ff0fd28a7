/// The form for one change: a button, and the fields that it needs.
struct ActionForm {
  let action: AdminAction
  var fields: [FormField] = []
  /// What the form carries unseen, e.g. which user it is about.
  var hidden: [(name: String, value: String)] = []
  /// Boxes to tick: name, label, whether they must be ticked.
  var boxes: [(name: String, label: String, isRequired: Bool)] = []
  /// Further controls of the form's own.
  var controls: HTML = .nothing
  /// What a screen reader says in place of the button's text, where several buttons have the same.
  var spoken: String?

  func html(_ visit: AdminVisit) -> HTML {
    let carried = [("csrf", visit.token.field), ("pool", visit.pool.id), ("action", action.rawValue)] + hidden
    let unseen = carried.map { name, value -> HTML in "<input type=\"hidden\" name=\"\(name)\" value=\"\(value)\">\n" }
    let isBlamed = visit.fields["action"] == action.rawValue
    let ticks = boxes.map { name, label, isRequired -> HTML in
      """
      <label class="box"><input type="checkbox" name="\(name)" value="yes"\(isRequired ? " required" : "")> \(label)</label>

      """
    }
    let said: HTML = spoken.map { " aria-label=\"\($0)\"" } ?? .nothing
    return """
      <form method="post" action="\(AdminAction.path)">
      \(unseen)\(fields.map { $0.html(isBlamed ? visit.complaint : nil, hasFocus: false) })\(controls)\(ticks)
      <button type="submit"\(said)>\(action.label)</button>
      </form>

      """
  }
}
