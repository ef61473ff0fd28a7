/// Cookies that no script reads and no other site sends along with a form.
enum Cookies {
  static func value(_ name: String, in request: PoolRequest) -> String? {
    for header in request.headers where header.name == "cookie" {
      for pair in header.value.split(separator: ";") {
        let parts = pair.drop { $0 == " " }.split(separator: "=", maxSplits: 1)
        if parts.count == 2, parts[0] == name { return String(parts[1]) }
      }
    }
    return nil
  }

  static func header(
    _ name: String, _ value: String, seconds: Int64, _ context: PoolContext
  ) -> (name: String, value: String) {
    // Behind a TLS proxy, which the issuer's address shows, the cookie must not travel in clear.
    let secure = context.publicAddress.hasPrefix("https:") ? "; Secure" : ""
    return ("Set-Cookie", "\(name)=\(value); Path=/; Max-Age=\(seconds); HttpOnly; SameSite=Lax\(secure)")
  }
}
