/// A whole page: works without JavaScript, and allows none.
enum Page {
  static let stylePath = "/_pages/style.css"

  /// - Parameter formTargets: origins that a form's answer may lead to, besides our own.
  static func response(
    status: Int = 200, title: String, _ body: HTML, headers: [(name: String, value: String)] = [],
    formTargets: [String] = []
  ) -> PoolResponse {
    let html: HTML = """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(title)</title>
      <link rel="stylesheet" href="\(stylePath)">
      </head>
      <body>
      <main>
      \(body)
      </main>
      </body>
      </html>

      """
    let policy =
      "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'; "
      + "form-action 'self' \(formTargets.joined(separator: " "))"
    // Not `no-referrer`: under that, browsers post our own forms with `Origin: null`, as another site's.
    let security: [(name: String, value: String)] = [
      ("Content-Type", "text/html; charset=utf-8"), ("Content-Security-Policy", policy), ("Cache-Control", "no-store"),
      ("X-Content-Type-Options", "nosniff"), ("X-Frame-Options", "DENY"), ("Referrer-Policy", "same-origin"),
    ]
    return PoolResponse(status: status, headers: security + headers, body: Array(html.markup.utf8))
  }

  static func refusal(_ status: Int, _ text: String) -> PoolResponse {
    response(status: status, title: "That didn't work", "<h1>That didn’t work</h1><p role=\"alert\">\(text)</p>")
  }
}

/// The pages' style sheet.
enum StyleRoute: HTTPRoute {
  static func respond(to request: PoolRequest, _ context: PoolContext) -> PoolResponse? {
    guard request.path == Page.stylePath, request.method == "GET" else { return nil }
    return .text(sheet, contentType: "text/css; charset=utf-8")
  }

  /// Large targets, visible focus, colours of at least 4.5:1 in light and in dark.
  private static let sheet = """
    :root { color-scheme: light dark; --text: #1c1c1e; --back: #fff; --line: #6b6b70; --act: #0b57d0; --bad: #b3261e }
    @media (prefers-color-scheme: dark) {
      :root { --text: #ececf0; --back: #1c1c1e; --line: #9a9aa2; --act: #a8c7fa; --bad: #f2b8b5 } }
    body { font: 1rem/1.5 system-ui, sans-serif; color: var(--text); background: var(--back); margin: 0 }
    main { max-width: 24rem; margin: 0 auto; padding: 2rem 1rem }
    main:has(nav) { max-width: 64rem } main:has(nav) form { max-width: 24rem }
    label, legend { display: block; margin: 1rem 0 .25rem; font-weight: 600 }
    input:not([type=radio], [type=checkbox]), select { font: inherit; width: 100%; box-sizing: border-box; padding: .6rem; color: inherit;
      background: transparent; border: 1px solid var(--line); border-radius: .4rem }
    button { font: inherit; font-weight: 600; margin-top: 1.25rem; padding: .65rem 1.25rem; border: 0;
      border-radius: .4rem; background: var(--act); color: var(--back); cursor: pointer }
    button.other { background: transparent; color: var(--act); border: 1px solid var(--act) }
    :focus-visible { outline: 3px solid var(--act); outline-offset: 2px }
    fieldset { border: 1px solid var(--line); border-radius: .4rem }
    fieldset label { font-weight: 400; margin: .5rem 0 }
    .hint { margin: 0 0 .25rem } [aria-invalid] { border-color: var(--bad) }
    [role=status] { border-left: .3rem solid var(--act); padding-left: .75rem }
    [role=alert] { border-left: .3rem solid var(--bad); padding-left: .75rem }
    label.box { font-weight: 400 } .row { display: flex; flex-wrap: wrap; gap: 0 .75rem } caption { text-align: left }
    dl { display: grid; grid-template-columns: auto 1fr; gap: .25rem 1rem } dt { font-weight: 600 } dd { margin: 0 }
    table { border-collapse: collapse; width: 100% }
    th, td { text-align: left; padding: .4rem .6rem; border-bottom: 1px solid var(--line); overflow-wrap: anywhere }
    code { overflow-wrap: anywhere }
    nav a { margin-right: 1rem } a { color: var(--act) }
    """
}
