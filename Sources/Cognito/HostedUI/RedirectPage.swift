/// A page that the loopback listener shows: plain text in HTML, no scripts, nothing from elsewhere, never cached.
package enum RedirectPage: Sendable {
  case signedIn
  case failed
  case notFound
  case badRequest

  private var status: String {
    switch self {
    case .signedIn, .failed: "200 OK"
    case .notFound: "404 Not Found"
    case .badRequest: "400 Bad Request"
    }
  }

  private var text: String {
    switch self {
    case .signedIn: "You may close this window and go back to the program."
    case .failed: "The sign-in was not completed. Go back to the program: it says why."
    case .notFound: "There is nothing here."
    case .badRequest: "This is not the answer that the sign-in is waiting for."
    }
  }

  /// The whole HTTP response. What came in is never repeated in it.
  package var response: [UInt8] {
    let body = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Sign-in</title><p>\(text)</p></html>\n"
    let head = [
      "HTTP/1.1 \(status)", "Content-Type: text/html; charset=utf-8", "Content-Length: \(body.utf8.count)",
      "Content-Security-Policy: default-src 'none'", "Cache-Control: no-store", "Referrer-Policy: no-referrer",
      "X-Content-Type-Options: nosniff", "Connection: close",
    ]
    return Array((head.joined(separator: "\r\n") + "\r\n\r\n" + body).utf8)
  }
}
