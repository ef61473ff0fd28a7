import Cognito
import FoundationEssentials

/// A table of the administrator's pages.
enum AdminTable {
  /// - Parameter caption: what a screen reader calls it.
  static func html(_ caption: String, _ head: [String], _ rows: [[HTML]]) -> HTML {
    let titles = head.map { title -> HTML in "<th scope=\"col\">\(title)</th>" }
    let body = rows.map { row -> HTML in "<tr>\(row.map { cell -> HTML in "<td>\(cell)</td>" })</tr>\n" }
    return """
      <table><caption>\(caption)</caption><thead><tr>\(titles)</tr></thead><tbody>
      \(body)</tbody></table>

      """
  }

  static func texts(_ caption: String, _ head: [String], _ rows: [[String]]) -> HTML {
    html(caption, head, rows.map { $0.map { text -> HTML in "\(text)" } })
  }

  /// 2026-11-24 19:31:05, UTC.
  static func time(_ seconds: Double) -> String {
    let time = CivilTime(unixSeconds: Int64(seconds))
    let day = "\(time.year)-\(CivilTime.twoDigits(time.month))-\(CivilTime.twoDigits(time.day))"
    return day + " " + time.clock
  }

  static func time(_ value: JSONValue?) -> String { value?.double.map { time($0) } ?? "" }
}
