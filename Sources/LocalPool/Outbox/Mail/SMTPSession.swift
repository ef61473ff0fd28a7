import CCurl

/// One delivery as libcurl sees it: the message that it reads, and the replies that it hears. Used by one thread.
final class SMTPSession {
  private static let mostReplyBytes = 1 << 16

  private var rest: ArraySlice<UInt8>
  private let needsSMTPUTF8: Bool
  private var knowsSMTPUTF8 = false
  private var replyBytes = 0
  /// The last line that the server said.
  private var reply: [UInt8] = []
  private var isSent = false
  private var isUnsendable = false

  init(_ text: String, needsSMTPUTF8: Bool) {
    rest = Array(text.utf8)[...]
    self.needsSMTPUTF8 = needsSMTPUTF8
  }

  static func of(_ pointer: UnsafeMutableRawPointer?) -> SMTPSession {
    guard let pointer else { fatalError("libcurl forgot whose call it is") }
    return Unmanaged<SMTPSession>.fromOpaque(pointer).takeUnretainedValue()
  }

  /// Gives libcurl the next bytes of the message. It doubles dots that begin a line, and ends the message.
  func read(into buffer: UnsafeMutablePointer<CChar>?, _ size: Int) -> Int {
    // Without it, libcurl sends an address beyond ASCII all the same.
    if needsSMTPUTF8, !knowsSMTPUTF8 {
      isUnsendable = true
      return Int(CURL_READFUNC_ABORT)
    }
    let part = rest.prefix(size)
    UnsafeMutableRawBufferPointer(start: buffer, count: size).copyBytes(from: part)
    rest = rest.dropFirst(part.count)
    // What the server says from here on, it says of the whole message.
    if part.isEmpty { (isSent, reply) = (true, []) }
    return part.count
  }

  /// Hears a line of the server's; a server that doesn't come to an end is left.
  func take(_ bytes: UnsafeMutablePointer<CChar>?, _ size: Int) -> Int {
    replyBytes += size
    guard replyBytes <= Self.mostReplyBytes else { return 0 }
    let line = Array(UnsafeRawBufferPointer(start: bytes, count: size))
    // libcurl still says farewell after a refusal, and must not be told good-bye in its place.
    if line.starts(with: Array("221".utf8)) { return size }
    reply = line
    let keyword = String(decoding: reply.dropFirst(4).prefix { $0 > 0x20 }, as: UTF8.self)
    if reply.starts(with: Array("250".utf8)), keyword.uppercased() == "SMTPUTF8" { knowsSMTPUTF8 = true }
    return size
  }

  /// Why libcurl gave up, in terms of the queue: is it the message, or the server?
  func failure(_ code: CURLcode) -> SMTPFailure {
    if isUnsendable { return .unsendable("the server takes no addresses beyond ASCII (SMTPUTF8)") }
    let said = SMTPReply(reply)
    switch code {
    // libcurl's versions differ in what they call a message that is refused after it was sent.
    case CURLE_SEND_ERROR, CURLE_WEIRD_SERVER_REPLY, CURLE_REMOTE_ACCESS_DENIED,
      CURLE_RECV_ERROR where isSent:
      if let said, said.code >= 400 { return .refused(said) }
    // Another message would fare no better until somebody sets it right, and none is lost meanwhile.
    case CURLE_LOGIN_DENIED:
      return .unreachable("the server refused user and password\(said.map { ": \($0)" } ?? "")")
    case CURLE_USE_SSL_FAILED: return .unreachable("the server offers no TLS (STARTTLS)")
    case CURLE_PEER_FAILED_VERIFICATION:
      return .unreachable("the server's certificate isn't trusted, or is for another name")
    case CURLE_SSL_CACERT_BADFILE: return .unreachable("the file of CA certificates can't be read")
    default: break
    }
    return .unreachable(String(cString: curl_easy_strerror(code)))
  }
}
