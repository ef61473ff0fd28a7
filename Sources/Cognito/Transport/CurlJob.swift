import CCurl
import COpenSSL
import SystemSupport

/// A transfer in libcurl's hands, with the memory that libcurl reads while it is. Used by the loop's thread alone.
final class CurlJob {
  let handle: CurlHandle
  let transfer: CurlTransfer
  /// Whether it must have a connection of its own.
  let isFresh: Bool
  private let sink: CurlSink
  private let bytes: UnsafeMutableRawBufferPointer
  private let body: CurlBody
  private var headers: UnsafeMutablePointer<curl_slist>?

  init(_ transfer: CurlTransfer, settings: CurlTransport.Settings, isFresh: Bool = false) throws(CognitoError) {
    guard let handle = CurlHandle() else { throw CognitoError(.network, "libcurl has no memory.") }
    self.handle = handle
    self.transfer = transfer
    self.isFresh = isFresh
    bytes = .allocate(byteCount: transfer.request.body.count, alignment: 1)
    bytes.copyBytes(from: transfer.request.body)
    body = CurlBody(UnsafeRawBufferPointer(bytes))
    sink = CurlSink(limit: settings.maximumResponseBytes, request: bytes.isEmpty ? nil : body)
    try setHeaders()
    try configure(settings)
    try configureProxy(settings)
    if isFresh { try handle.set(CURLOPT_FRESH_CONNECT, 1) }
  }

  deinit {
    curl_slist_free_all(headers)
    // Passwords and tokens were in there.
    OPENSSL_cleanse(bytes.baseAddress, bytes.count)
    bytes.deallocate()
  }

  private func setHeaders() throws(CognitoError) {
    // An empty "Expect" keeps libcurl from asking for a 100 before it sends a body.
    for header in transfer.request.headers + [.init("Expect", "")] {
      guard (header.name + header.value).utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7f }) else {
        throw CognitoError(.invalidInput, "A header of the request has a control character.")
      }
      guard let longer = curl_slist_append(headers, "\(header.name): \(header.value)") else { outOfMemory() }
      headers = longer
    }
    try handle.set(CURLOPT_HTTPHEADER, pointer: headers)
  }

  private func configure(_ settings: CurlTransport.Settings) throws(CognitoError) {
    let remaining = ContinuousClock.now.duration(to: transfer.deadline)
    guard remaining > .zero else { throw CognitoError(.timeout, "The deadline is over.") }
    try handle.set(CURLOPT_URL, transfer.request.url)
    try handle.set(CURLOPT_PROTOCOLS_STR, transfer.address.scheme)
    try handle.set(CURLOPT_NOSIGNAL, 1)
    try handle.set(CURLOPT_FOLLOWLOCATION, 0)
    // A proxy's answer to CONNECT is none to the request.
    try handle.set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
    try handle.set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
    try handle.set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
    try handle.set(CURLOPT_SSL_VERIFYPEER, 1)
    try handle.set(CURLOPT_SSL_VERIFYHOST, 2)
    try handle.set(CURLOPT_USERAGENT, settings.userAgent.header)
    try handle.set(CURLOPT_TIMEOUT_MS, max(1, Int(remaining / .milliseconds(1))))
    try handle.set(CURLOPT_CONNECTTIMEOUT_MS, max(1, Int(settings.connectTimeout / .milliseconds(1))))
    try handle.set(CURLOPT_MAXFILESIZE_LARGE, large: settings.maximumResponseBytes)
    if let caFile = settings.caFile {
      try handle.set(CURLOPT_CAINFO, caFile)
      try handle.set(CURLOPT_PROXY_CAINFO, caFile)
    }
    if transfer.request.method == "GET" {
      try handle.set(CURLOPT_HTTPGET, 1)
    } else {
      try handle.set(CURLOPT_POST, 1)
      try handle.set(CURLOPT_POSTFIELDSIZE_LARGE, large: bytes.count)
      body.attach(to: handle)
      if transfer.request.method != "POST" { try handle.set(CURLOPT_CUSTOMREQUEST, transfer.request.method) }
    }
    if !transfer.request.isRepeatable {
      // With nothing to rewind there is nothing that keeps libcurl from sending it again over a connection of before.
      if bytes.isEmpty { try handle.set(CURLOPT_FRESH_CONNECT, 1) }
      // The server may be about to close a connection that has been idle for long; then the request would fail, and
      // nobody could say whether it was carried out.
      try handle.set(CURLOPT_MAXAGE_CONN, Self.longestIdleSeconds)
    }
    sink.attach(to: handle)
  }

  /// Shorter than the patience of any server that keeps connections open at all.
  private static let longestIdleSeconds = 1

  private func configureProxy(_ settings: CurlTransport.Settings) throws(CognitoError) {
    if transfer.address.isLoopback || settings.plainHosts.contains(transfer.address.host) {
      try handle.set(CURLOPT_PROXY, "")
      return
    }
    switch settings.proxy {
    case .system: break
    case .none: try handle.set(CURLOPT_PROXY, "")
    case .url(let url, let except):
      try handle.set(CURLOPT_PROXY, url)
      try handle.set(CURLOPT_NOPROXY, except.joined(separator: ","))
    }
  }

  /// Whether an answer was there before the question: it was to another request, and this one hasn't been sent.
  var hasForeignAnswer: Bool { sink.isForeign }

  /// What became of it, once libcurl has said so.
  func result(_ code: CURLcode) -> Result<HTTPResponse, CognitoError> {
    let host = transfer.address.host
    if sink.isForeign {
      return .failure(CognitoError(.malformedResponse, "\(host) answered before it was asked."))
    }
    if sink.isTooLong || code == CURLE_FILESIZE_EXCEEDED {
      return .failure(CognitoError(.responseTooLarge, "The answer of \(host) is too long."))
    }
    guard code == CURLE_OK else { return .failure(CurlFailure.error(code, host: host)) }
    guard (200...599).contains(handle.status) else {
      return .failure(CognitoError(.malformedResponse, "\(host) answered with status \(handle.status)."))
    }
    return .success(HTTPResponse(status: handle.status, headers: sink.headers, body: sink.body))
  }
}
