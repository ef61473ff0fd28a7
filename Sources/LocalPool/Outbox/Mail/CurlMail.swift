import CCurl
import Cognito
import NIOPosix

/// Takes messages to a mail server by libcurl, which blocks: on a thread of its own.
package final class CurlMail: MailTransport {
  /// libcurl counts TLS and login in, and servers take their time to refuse a password.
  private static let connectMilliseconds = 20_000
  /// For all of a delivery. RFC 5321 grants a server minutes for a step; that would hold up everybody's messages.
  private static let deliveryMilliseconds = 30_000
  /// For one reply, the farewell's too: libcurl doesn't count that in.
  private static let replySeconds = 15

  private let relay: MailRelay
  private let thread = NIOThreadPool(numberOfThreads: 1)

  package init(_ relay: MailRelay) {
    self.relay = relay
    thread.start()
  }

  deinit { thread.shutdownGracefully { _ in } }

  func deliver(_ message: OutboxMessage) async throws(SMTPFailure) {
    guard let recipient = MailAddress(of: message) else { throw .unsendable("the address isn't one for mail") }
    let text = MailText.of(message, id: "\(message.id).\(message.poolID)")
    let outcome = try? await thread.runIfActive { [relay] in
      Result { () throws(SMTPFailure) in try Self.send(text, to: recipient, relay) }
    }
    guard let outcome else { throw .unreachable("the pool stops") }
    try outcome.get()
  }

  private static func send(_ text: String, to recipient: MailAddress, _ relay: MailRelay) throws(SMTPFailure) {
    let session = SMTPSession(text, needsSMTPUTF8: recipient.isInternational)
    guard let curl = curl_easy_init(), let recipients = curl_slist_append(nil, "<\(recipient.text)>") else {
      throw .unreachable("libcurl has no memory")
    }
    defer {
      curl_easy_cleanup(curl)
      curl_slist_free_all(recipients)
    }
    let numbers: [(CURLoption, Int)] = [
      (CURLOPT_NOSIGNAL, 1), (CURLOPT_UPLOAD, 1), (CURLOPT_FORBID_REUSE, 1), (CURLOPT_QUICK_EXIT, 1),
      (CURLOPT_CONNECTTIMEOUT_MS, connectMilliseconds), (CURLOPT_TIMEOUT_MS, deliveryMilliseconds),
      (CURLOPT_SERVER_RESPONSE_TIMEOUT, replySeconds), (CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2)),
      (CURLOPT_USE_SSL, Int((relay.security == .none ? CURLUSESSL_NONE : CURLUSESSL_ALL).rawValue)),
    ]
    // What follows the host is our name in EHLO: an address, as this machine's own name is nobody's business.
    var texts: [(CURLoption, String)] = [
      (CURLOPT_URL, relay.url + "/%5B127.0.0.1%5D"), (CURLOPT_PROTOCOLS_STR, "smtp,smtps"), (CURLOPT_PROXY, ""),
      (CURLOPT_MAIL_FROM, "<\(MailText.sender)>"),
    ]
    if let caFile = relay.caFile { texts.append((CURLOPT_CAINFO, caFile)) }
    if let login = relay.login {
      texts += [(CURLOPT_USERNAME, login.user), (CURLOPT_PASSWORD, login.password.revealed() ?? "")]
    }
    let own = Unmanaged.passUnretained(session).toOpaque()
    let codes =
      numbers.map { ccurl_set_long(curl, $0, $1) } + texts.map { ccurl_set_string(curl, $0, $1) }
      + [
        ccurl_set_pointer(curl, CURLOPT_MAIL_RCPT, recipients), ccurl_set_pointer(curl, CURLOPT_READDATA, own),
        ccurl_set_pointer(curl, CURLOPT_HEADERDATA, own),
        ccurl_set_data_function(curl, CURLOPT_READFUNCTION) { SMTPSession.of($3).read(into: $0, $1 * $2) },
        ccurl_set_data_function(curl, CURLOPT_HEADERFUNCTION) { SMTPSession.of($3).take($0, $1 * $2) },
        ccurl_set_data_function(curl, CURLOPT_WRITEFUNCTION) { _, size, count, _ in size * count },
      ]
    guard codes.allSatisfy({ $0 == CURLE_OK }) else { throw .unreachable("libcurl refuses a setting") }
    let code = withExtendedLifetime(session) { curl_easy_perform(curl) }
    guard code == CURLE_OK else { throw session.failure(code) }
  }
}
